import java.util.LinkedHashMap;
import java.util.Map;

/** Reads an array of objects without anything nested, one object after the other; values stay as they are written. */
final class FlatJson {
  private final String text;
  private int at;

  FlatJson(String text) {
    this.text = text;
  }

  /** Null at the end. */
  Map<String, String> next() {
    at = text.indexOf('{', at);
    if (at < 0) {
      at = text.length();
      return null;
    }
    at++;
    Map<String, String> found = new LinkedHashMap<String, String>();
    for (skip(); text.charAt(at) != '}'; skip()) {
      String key = value();
      skip();
      found.put(key.substring(1, key.length() - 1), value());
    }
    at++;
    return found;
  }

  private void skip() {
    while (" \t\r\n,:".indexOf(text.charAt(at)) >= 0) at++;
  }

  private String value() {
    int from = at;
    if (text.charAt(at) != '"') {
      while (" \t\r\n,:}".indexOf(text.charAt(at)) < 0) at++;
      return text.substring(from, at);
    }
    for (at++; text.charAt(at) != '"'; at++) if (text.charAt(at) == '\\') at++;
    at++;
    return text.substring(from, at);
  }
}
