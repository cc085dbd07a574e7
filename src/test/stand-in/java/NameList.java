import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One of whitelist.json, ops.json and banned-players.json: read once when the server starts, kept in memory and written whole on every
 * change, so that what somebody else writes meanwhile is lost, as in the game. Of an entry only the given fields are kept.
 */
final class NameList {
  private final Path path;
  private final String[] fields;
  private List<Map<String, String>> entries = new ArrayList<Map<String, String>>();

  NameList(String file, String... fields) {
    this.path = Path.of(file);
    this.fields = fields;
  }

  static UUID offlineUuid(String name) {
    return UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
  }

  static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  List<String> names() {
    List<String> names = new ArrayList<String>();
    for (Map<String, String> entry : entries) names.add(unquote(entry.get("name")));
    return names;
  }

  void reload() throws IOException {
    entries = new ArrayList<Map<String, String>>();
    if (!Files.exists(path)) return;
    FlatJson json = new FlatJson(Files.readString(path));
    for (Map<String, String> entry = json.next(); entry != null; entry = json.next()) entries.add(entry);
  }

  /** As they stand, values as JSON. */
  List<Map<String, String>> entries() {
    return new ArrayList<Map<String, String>>(entries);
  }

  /** Like `add`, in the place of whoever bears the name. */
  void put(String name, String... values) throws IOException {
    remove(name);
    add(name, values);
  }

  /** Values as JSON. False when the name was there. */
  boolean add(String name, String... values) throws IOException {
    if (has(name)) return false;
    Map<String, String> entry = new LinkedHashMap<String, String>();
    entry.put("uuid", quote(offlineUuid(name).toString()));
    entry.put("name", quote(name));
    for (int i = 0; i < values.length; i++) entry.put(fields[i], values[i]);
    entries.add(entry);
    save();
    return true;
  }

  /** False when the name was not there. */
  boolean remove(String name) throws IOException {
    for (int i = 0; i < entries.size(); i++) {
      if (!unquote(entries.get(i).get("name")).equalsIgnoreCase(name)) continue;
      entries.remove(i);
      save();
      return true;
    }
    return false;
  }

  boolean has(String name) {
    for (String known : names()) if (known.equalsIgnoreCase(name)) return true;
    return false;
  }

  private static String unquote(String text) {
    return text == null ? "" : text.substring(1, text.length() - 1);
  }

  private void save() throws IOException {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < entries.size(); i++) {
      Map<String, String> entry = entries.get(i);
      out.append(i == 0 ? "\n  {\n" : ",\n  {\n");
      out.append("    \"uuid\": ").append(entry.get("uuid")).append(",\n    \"name\": ").append(entry.get("name"));
      for (String field : fields) {
        if (entry.get(field) != null) out.append(",\n    ").append(quote(field)).append(": ").append(entry.get(field));
      }
      out.append("\n  }");
    }
    Files.writeString(path, out.append(entries.isEmpty() ? "]" : "\n]").toString());
  }
}
