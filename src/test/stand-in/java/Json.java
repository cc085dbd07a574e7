import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes JSON as maps, lists, strings, longs, doubles, booleans and null. Anything else is an IllegalArgumentException. */
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    Json json = new Json(text);
    try {
      Object value = json.value();
      json.skip();
      if (json.at < text.length()) throw new IllegalArgumentException("more than one value");
      return value;
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("it ends too early");
    }
  }

  /** Names and values in turn. */
  static Map<String, Object> object(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
    return map;
  }

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString();
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof String) {
      out.append('"');
      for (char c : ((String) value).toCharArray()) {
        if (c == '"' || c == '\\') out.append('\\').append(c);
        else if (c < ' ') out.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
        else out.append(c);
      }
      out.append('"');
    } else if (value instanceof Map) {
      String before = "{";
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.append(before);
        write(out, entry.getKey());
        out.append(':');
        write(out, entry.getValue());
        before = ",";
      }
      out.append(before.equals("{") ? "{}" : "}");
    } else if (value instanceof List) {
      String before = "[";
      for (Object item : (List<?>) value) {
        out.append(before);
        write(out, item);
        before = ",";
      }
      out.append(before.equals("[") ? "[]" : "]");
    } else {
      out.append(value);
    }
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private boolean take(char wanted) {
    skip();
    if (text.charAt(at) != wanted) return false;
    at++;
    return true;
  }

  private void require(char wanted) {
    if (!take(wanted)) throw new IllegalArgumentException("no " + wanted + " at " + at);
  }

  private Object value() {
    skip();
    char first = text.charAt(at);
    if (first == '"') return string();
    if (first == '{') return map();
    if (first == '[') return list();
    int from = at;
    while (at < text.length() && " \t\r\n,]}".indexOf(text.charAt(at)) < 0) at++;
    String word = text.substring(from, at);
    if (word.equals("null")) return null;
    if (word.equals("true") || word.equals("false")) return word.equals("true");
    if (word.matches("-?\\d{1,18}")) return Long.valueOf(word);
    return Double.valueOf(word);
  }

  private Map<String, Object> map() {
    Map<String, Object> found = new LinkedHashMap<String, Object>();
    require('{');
    if (take('}')) return found;
    do {
      skip();
      String key = string();
      require(':');
      found.put(key, value());
    } while (take(','));
    require('}');
    return found;
  }

  private List<Object> list() {
    List<Object> found = new ArrayList<Object>();
    require('[');
    if (take(']')) return found;
    do found.add(value());
    while (take(','));
    require(']');
    return found;
  }

  private String string() {
    require('"');
    StringBuilder out = new StringBuilder();
    for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = text.charAt(at++);
      int control = "bfnrt".indexOf(escaped);
      if (escaped == 'u') {
        out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
        at += 4;
      } else out.append(control < 0 ? escaped : "\b\f\n\r\t".charAt(control));
    }
    return out.toString();
  }
}
