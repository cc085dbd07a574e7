import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One of whitelist.json, ops.json and banned-players.json: names, kept in memory and written on every change. */
final class NameList {
  private final Path path;
  private final String extra;
  private List<String> names;

  NameList(String file, String extra) {
    this.path = Path.of(file);
    this.extra = extra;
  }

  static UUID offlineUuid(String name) {
    return UUID.nameUUIDFromBytes(("OfflinePlayer:" + name).getBytes(StandardCharsets.UTF_8));
  }

  List<String> names() throws IOException {
    if (names == null) reload();
    return names;
  }

  void reload() throws IOException {
    names = new ArrayList<String>();
    if (!Files.exists(path)) return;
    String text = Files.readString(path);
    for (int at = text.indexOf("\"name\""); at >= 0; at = text.indexOf("\"name\"", at + 1)) {
      int from = text.indexOf('"', at + 6) + 1;
      names.add(text.substring(from, text.indexOf('"', from)));
    }
  }

  /** False when the name was there. */
  boolean add(String name) throws IOException {
    if (has(name)) return false;
    names().add(name);
    save();
    return true;
  }

  /** False when the name was not there. */
  boolean remove(String name) throws IOException {
    for (int i = 0; i < names().size(); i++) {
      if (!names.get(i).equalsIgnoreCase(name)) continue;
      names.remove(i);
      save();
      return true;
    }
    return false;
  }

  boolean has(String name) throws IOException {
    for (String known : names()) if (known.equalsIgnoreCase(name)) return true;
    return false;
  }

  private void save() throws IOException {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < names.size(); i++) {
      out.append(i == 0 ? "\n  {\n" : ",\n  {\n");
      out.append("    \"uuid\": \"").append(offlineUuid(names.get(i))).append("\",\n");
      out.append("    \"name\": \"").append(names.get(i)).append('"').append(extra).append("\n  }");
    }
    Files.writeString(path, out.append(names.isEmpty() ? "]" : "\n]").toString());
  }
}
