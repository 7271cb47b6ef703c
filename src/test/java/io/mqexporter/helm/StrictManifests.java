package io.mqexporter.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads manifests as the types that the API server has for them: what is misspelled, in the wrong
 * place or of the wrong type is an error.
 */
final class StrictManifests {

  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Pod", Pod.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class),
          Map.entry(
              "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy",
              MutatingAdmissionPolicy.class),
          Map.entry(
              "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding",
              MutatingAdmissionPolicyBinding.class),
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class));

  /** The keys of kinds for which there is no model, as their definitions have them. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "monitoring.coreos.com/v1alpha1 ScrapeConfig",
          Set.of(
              "basicAuth",
              "httpSDConfigs",
              "scheme",
              "tlsConfig",
              "scrapeInterval",
              "scrapeTimeout",
              "relabelings",
              "metricRelabelings"),
          "grafana.integreatly.org/v1beta1 GrafanaDashboard",
          Set.of("instanceSelector", "folder", "allowCrossNamespaceImport", "configMapRef"),
          "keda.sh/v1alpha1 ScaledObject",
          Set.of(
              "scaleTargetRef",
              "minReplicaCount",
              "maxReplicaCount",
              "pollingInterval",
              "cooldownPeriod",
              "fallback",
              "advanced",
              "triggers"));

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .setAnnotationIntrospector(new WithoutAnySetters());

  private StrictManifests() {}

  /** The models keep what they do not know, so that nothing is lost; here it is to be refused. */
  private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if it is none of its kind, or of a kind that is not known here
   */
  static void read(Map<String, Object> document) {
    String kind = document.get("apiVersion") + " " + document.get("kind");
    if (TYPES.containsKey(kind)) {
      read(document, TYPES.get(kind));
      return;
    }
    Set<String> known = KEYS.getOrDefault(kind, Set.of());
    var unknown = new TreeSet<>(Chart.section(document, "spec").keySet());
    unknown.removeAll(known);
    if (known.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: spec: %s (expected: %s)".formatted(kind, unknown, known));
    }
  }

  /** Reads a part of a document as a type. */
  static <T> T read(Object part, Class<T> type) {
    try {
      return MAPPER.readValue(MAPPER.writeValueAsString(part), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }
}
