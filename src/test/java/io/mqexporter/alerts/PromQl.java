package io.mqexporter.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression in Prometheus' language speaks of: metrics, labels, and comparisons with
 * numbers. It reads words, not grammar; whether the expression can be parsed is promtool's to say.
 *
 * @param selectors the series that it selects
 * @param groupingLabels the labels after {@code by}, {@code on} and the like
 * @param comparisons the comparisons with a number
 * @param resultLabels the labels of its result, where an aggregation in front names them
 */
public record PromQl(
    List<Selector> selectors,
    List<String> groupingLabels,
    List<Comparison> comparisons,
    Optional<List<String>> resultLabels) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|(#[^\\n]*)|(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')|(\\$\\w+|\\$\\{\\w+})"
              + "|([0-9.]+(?:[eE][+-]?[0-9]+)?(?:ms|[smhdwy])?(?:[0-9]+(?:ms|[smhdwy]))*)"
              + "|([a-zA-Z_:][\\w:]*)|(==|!=|<=|>=|=~|!~|[-+*/%^<>=(){}\\[\\],@:])");
  private static final Set<String> LABEL_LISTS =
      Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "offset", "bool", "atan2", "inf", "nan", "start", "end");
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  /**
   * A selection of series.
   *
   * @param metric its name; empty if there is none
   * @param matchers the conditions on labels
   * @param function what it is the argument of; empty if of none
   * @param ofRange whether it selects a range of time
   */
  public record Selector(
      String metric, List<LabelMatcher> matchers, String function, boolean ofRange) {}

  /** A condition on a label, with the value as it is written, without its quotes. */
  public record LabelMatcher(String label, String operator, String value) {}

  /**
   * A comparison with a number.
   *
   * @param left the metric, function or aggregation to the left; empty if it is none of these
   * @param leftIsCall whether that is a function or aggregation
   */
  public record Comparison(String left, boolean leftIsCall, String operator, double number) {}

  /** Copies the lists. */
  public PromQl {
    selectors = List.copyOf(selectors);
    groupingLabels = List.copyOf(groupingLabels);
    comparisons = List.copyOf(comparisons);
  }

  /** Reads an expression. */
  public static PromQl read(String expression) {
    return new Reader(tokens(expression)).read();
  }

  private static List<String> tokens(String expression) {
    var tokens = new ArrayList<String>();
    Matcher matcher = TOKEN.matcher(expression);
    int at = 0;
    while (at < expression.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "%s: at character %d (expected: an expression of PromQL)".formatted(expression, at));
      }
      if (!matcher.group().isBlank() && matcher.group(1) == null) {
        tokens.add(matcher.group());
      }
      at = matcher.end();
    }
    return tokens;
  }

  private static final class Reader {

    private final List<String> tokens;
    private final List<Selector> selectors = new ArrayList<>();
    private final List<String> grouping = new ArrayList<>();
    private final List<Comparison> comparisons = new ArrayList<>();
    private Optional<List<String>> resultLabels = Optional.empty();

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    PromQl read() {
      int at = 0;
      while (at < tokens.size()) {
        at = readAt(at);
      }
      return new PromQl(selectors, grouping, comparisons, resultLabels);
    }

    /** Reads what begins at a token, and returns the index of the next one to read. */
    private int readAt(int at) {
      String token = tokens.get(at);
      if (COMPARISONS.contains(token)) {
        comparison(at);
        return at + 1;
      }
      if (token.equals("{")) {
        return selector("", at, at);
      }
      if (token.equals("[")) {
        return indexOf("]", at) + 1;
      }
      if (!isWord(token)) {
        return at + 1;
      }
      if (LABEL_LISTS.contains(token)) {
        return token(at + 1).equals("(") ? labels(at) : at + 1;
      }
      boolean isCall = token(at + 1).equals("(") || isAggregationAt(at);
      if (WORDS.contains(token.toLowerCase(Locale.ROOT)) || isCall) {
        return at + 1;
      }
      return selector(token, at, at + 1);
    }

    private boolean isAggregationAt(int at) {
      return token(at + 1).equals("by") || token(at + 1).equals("without");
    }

    private int labels(int at) {
      int end = indexOf(")", at);
      List<String> names =
          tokens.subList(at + 2, end).stream().filter(name -> !name.equals(",")).toList();
      grouping.addAll(names);
      if (at == 1 && tokens.get(at).equals("by")) {
        resultLabels = Optional.of(names);
      }
      return end + 1;
    }

    private int selector(String metric, int at, int brace) {
      var matchers = new ArrayList<LabelMatcher>();
      int next = brace;
      if (token(brace).equals("{")) {
        int end = indexOf("}", brace);
        for (int i = brace + 1; i + 2 < end + 1; i += 4) {
          String value = token(i + 2);
          matchers.add(
              new LabelMatcher(token(i), token(i + 1), value.substring(1, value.length() - 1)));
        }
        next = end + 1;
      }
      selectors.add(
          new Selector(metric, List.copyOf(matchers), functionAround(at), token(next).equals("[")));
      return next;
    }

    /** Returns the function whose argument a token is. */
    private String functionAround(int at) {
      int depth = 0;
      for (int i = at - 1; i >= 0; i--) {
        switch (tokens.get(i)) {
          case ")" -> depth++;
          case "(" -> {
            if (depth == 0) {
              return callBefore(i);
            }
            depth--;
          }
          default -> {}
        }
      }
      return "";
    }

    /** Returns the function or aggregation whose arguments begin with a parenthesis. */
    private String callBefore(int parenthesis) {
      int i = parenthesis - 1;
      if (i >= 0 && tokens.get(i).equals(")")) {
        int open = openOf(i);
        i = open >= 2 && LABEL_LISTS.contains(tokens.get(open - 1)) ? open - 2 : -1;
      }
      return i >= 0 && isWord(tokens.get(i)) && !WORDS.contains(tokens.get(i)) ? tokens.get(i) : "";
    }

    private void comparison(int at) {
      int i = token(at + 1).equals("bool") ? at + 2 : at + 1;
      boolean negative = token(i).equals("-");
      String number = token(negative ? i + 1 : i);
      if (!number.matches("[0-9.]+([eE][+-]?[0-9]+)?")) {
        return;
      }
      String after = token(negative ? i + 2 : i + 1);
      if (Set.of("*", "/", "+", "-").contains(after)) {
        return;
      }
      double value = Double.parseDouble(number) * (negative ? -1 : 1);
      String operator = tokens.get(at);
      String before = at > 0 ? tokens.get(at - 1) : "";
      if (before.equals(")")) {
        int open = openOf(at - 1);
        String call = callBefore(open);
        if (LABEL_LISTS.contains(call) && open >= 2 && tokens.get(open - 2).equals(")")) {
          call = callBefore(openOf(open - 2));
        }
        comparisons.add(new Comparison(call, true, operator, value));
        return;
      }
      int metric = before.equals("}") ? lastIndexOf("{", at - 1) - 1 : at - 1;
      boolean alone = metric < 1 || !Set.of("*", "/", "+", "-").contains(tokens.get(metric - 1));
      String name = metric >= 0 && isWord(tokens.get(metric)) && alone ? tokens.get(metric) : "";
      comparisons.add(new Comparison(name, false, operator, value));
    }

    private int openOf(int close) {
      int depth = 0;
      for (int i = close; i >= 0; i--) {
        if (tokens.get(i).equals(")")) {
          depth++;
        } else if (tokens.get(i).equals("(") && --depth == 0) {
          return i;
        }
      }
      return 0;
    }

    private int indexOf(String token, int from) {
      for (int i = from; i < tokens.size(); i++) {
        if (tokens.get(i).equals(token)) {
          return i;
        }
      }
      throw new IllegalArgumentException(
          "%s: no %s (expected: an expression of PromQL)"
              .formatted(String.join(" ", tokens), token));
    }

    private int lastIndexOf(String token, int from) {
      for (int i = from; i >= 0; i--) {
        if (tokens.get(i).equals(token)) {
          return i;
        }
      }
      return 0;
    }

    private String token(int at) {
      return at < tokens.size() ? tokens.get(at) : "";
    }

    private static boolean isWord(String token) {
      return token.matches("[a-zA-Z_:][\\w:]*");
    }
  }
}
