package io.mqexporter.config;

import io.mqexporter.config.ConfigText.Sections;
import io.mqexporter.logs.LogOrigin;
import io.mqexporter.logs.LogSource;
import io.mqexporter.logs.LogSource.Choice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** The part of a configuration that is about logs, to be shown. */
final class LogsText {

  private LogsText() {}

  static SequencedMap<String, Object> tree(LogsConfig logs) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("state_folder", logs.stateFolder().toString());
    tree.put("host", logs.host());
    tree.put("sources", new Sections(logs.sources().stream().map(LogsText::tree).toList()));
    tree.put("sinks", new Sections(logs.sinks().stream().map(SinkText::tree).toList()));
    return tree;
  }

  private static SequencedMap<String, Object> tree(LogSource source) {
    var tree = new LinkedHashMap<String, Object>();
    LogOrigin origin = source.origin();
    if (origin.cluster().isEmpty()) {
      tree.put("system", origin.system());
    } else {
      tree.put("target", origin.cluster());
    }
    tree.put("paths", source.paths());
    tree.put("exclude_paths", source.excludePaths());
    tree.put("time_zone", source.zone().toString());
    LogsDecoder.Start start =
        source.fromEnd() ? LogsDecoder.Start.END : LogsDecoder.Start.BEGINNING;
    tree.put("start", EnumFormat.text(start));
    tree.put("level", source.filter().level().text());
    tree.put("loggers", tree(source.filter().loggers()));
    tree.put("messages", tree(source.filter().messages()));
    tree.put("rate_limit", source.filter().rateLimit());
    tree.put("broker", origin.broker());
    tree.put("namespace", origin.namespace());
    tree.put("pod", origin.pod());
    tree.put("container", origin.container());
    return tree;
  }

  private static SequencedMap<String, Object> tree(Choice choice) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("include", patterns(choice.include()));
    tree.put("exclude", patterns(choice.exclude()));
    return tree;
  }

  private static List<String> patterns(List<Pattern> patterns) {
    return patterns.stream().map(Pattern::pattern).toList();
  }
}
