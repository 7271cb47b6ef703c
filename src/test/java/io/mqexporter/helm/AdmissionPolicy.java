package io.mqexporter.helm;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelException;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchCondition;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicySpec;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Mutation;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy of admission that changes pods, evaluated in the order in which the API server does: the
 * selector, the conditions, the variables, then one mutation after the other. What the expressions
 * and the patches mean is said by libraries, if not by those of the API server.
 */
final class AdmissionPolicy {

  private static final PatchTypes TYPES = new PatchTypes(Pod.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Lists and maps of values of one type only, and numbers compared whatever their type. */
  @SuppressWarnings("deprecation") // What replaces it is in a library of its own.
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHomogeneousLiterals(true)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final MutatingAdmissionPolicySpec spec;

  private AdmissionPolicy(MutatingAdmissionPolicySpec spec) {
    this.spec = spec;
  }

  /** Returns the policies in a text of YAML. */
  static List<AdmissionPolicy> in(String yaml) {
    return Chart.documents(yaml, "MutatingAdmissionPolicy").stream()
        .map(document -> StrictManifests.read(document, MutatingAdmissionPolicy.class).getSpec())
        .map(AdmissionPolicy::new)
        .toList();
  }

  /** Returns what a manifest of the policy has under {@code spec}. */
  MutatingAdmissionPolicySpec spec() {
    return spec;
  }

  /** Returns the labels of the pods that it is for. */
  Map<String, String> labels() {
    return spec.getMatchConstraints().getObjectSelector().getMatchLabels();
  }

  /**
   * Returns what is stored of a pod that is to be made: the pod itself if the policy is not for it.
   */
  Map<String, Object> admit(Map<String, Object> pod) {
    if (!matches(pod)) {
      return pod;
    }
    Map<String, Object> admitted = pod;
    for (Mutation mutation : spec.getMutations()) {
      Object patch =
          evaluate(mutation.getJsonPatch().getExpression(), PatchTypes.PATCH, admitted, true);
      JsonNode changed =
          JsonPatch.apply(MAPPER.valueToTree(patch), MAPPER.<JsonNode>valueToTree(admitted));
      admitted = MAPPER.convertValue(changed, new TypeReference<>() {});
    }
    return admitted;
  }

  private boolean matches(Map<String, Object> pod) {
    Map<String, Object> labels = Chart.section(Chart.section(pod, "metadata"), "labels");
    if (!labels.entrySet().containsAll(labels().entrySet())) {
      return false;
    }
    for (MatchCondition condition : spec.getMatchConditions()) {
      if (evaluate(condition.getExpression(), SimpleType.BOOL, pod, false).equals(false)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Evaluates an expression; those of conditions and variables know neither variables nor types.
   */
  private Object evaluate(
      String expression, CelType result, Map<String, Object> pod, boolean mutation) {
    var values = new HashMap<String, Object>(Map.of("object", pod));
    var builder =
        CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addCompilerLibraries(CelExtensions.strings())
            .addRuntimeLibraries(CelExtensions.strings())
            .addVar("object", SimpleType.DYN)
            .setResultType(result);
    if (mutation) {
      var variables = new HashMap<String, Object>();
      for (Variable variable : spec.getVariables()) {
        variables.put(
            variable.getName(), evaluate(variable.getExpression(), SimpleType.DYN, pod, false));
      }
      values.put("variables", variables);
      builder
          .addVar("variables", MapType.create(SimpleType.STRING, SimpleType.DYN))
          .setTypeProvider(TYPES)
          .setValueProvider((name, fields) -> Optional.of(fields));
    }
    Cel cel = builder.build();
    try {
      return cel.createProgram(cel.compile(expression).getAst()).eval(values);
    } catch (CelException e) {
      throw new IllegalArgumentException(expression, e);
    }
  }
}
