import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Standard output and logs/latest.log in vanilla's form, one unbuffered write per line as log4j does it. */
final class Log {
  private static final Path LATEST = Path.of("logs", "latest.log");

  private final OutputStream console = new FileOutputStream(FileDescriptor.out);
  private final boolean isPaper;
  private OutputStream file;

  Log(boolean isPaper) throws IOException {
    this.isPaper = isPaper;
    Files.createDirectories(LATEST.getParent());
    open();
  }

  void info(String message) {
    line("INFO", message);
  }

  void warn(String message) {
    line("WARN", message);
  }

  void error(String message) {
    line("ERROR", message);
  }

  void line(String level, String message) {
    line(Thread.currentThread().getName(), level, message);
  }

  synchronized void line(String thread, String level, String message) {
    String full = prefix(thread, level) + message + "\n";
    byte[] bytes = full.getBytes(StandardCharsets.UTF_8);
    write(console, isPaper ? ("[" + LocalTime.timeOfDay() + " " + level + "]: " + message + "\n").getBytes(StandardCharsets.UTF_8) : bytes);
    write(file, bytes);
  }

  /** Text without a prefix, as a stack trace or a plugin's own print comes out. */
  synchronized void raw(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    write(console, bytes);
    write(file, bytes);
  }

  void trace(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.toString());
    for (StackTraceElement element : thrown.getStackTrace()) text.append("\n\tat ").append(element);
    raw(text.toString());
  }

  /** One line of `length` bytes after its prefix, never held in memory. */
  synchronized void longLine(long length) {
    byte[] prefix = prefix(Thread.currentThread().getName(), "INFO").getBytes(StandardCharsets.UTF_8);
    write(console, prefix);
    write(file, prefix);
    byte[] chunk = new byte[65536];
    Arrays.fill(chunk, (byte) 'x');
    for (long left = length; left > 0; left -= chunk.length) {
      byte[] part = left < chunk.length ? Arrays.copyOf(chunk, (int) left) : chunk;
      write(console, part);
      write(file, part);
    }
    raw("");
  }

  /** What log4j does at midnight and at every start: latest.log becomes a numbered .gz, and a new one begins. */
  synchronized void rotate() throws IOException {
    if (file != null) file.close();
    open();
  }

  private void open() throws IOException {
    if (Files.exists(LATEST) && Files.size(LATEST) > 0) {
      String day = LocalTime.stamp("-", " ", ":").substring(0, 10);
      int number = 1;
      while (Files.exists(archive(day, number))) number++;
      try (InputStream in = Files.newInputStream(LATEST);
          OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive(day, number)))) {
        in.transferTo(out);
      }
      Files.delete(LATEST);
    }
    file = Files.newOutputStream(LATEST);
  }

  private static Path archive(String day, int number) {
    return LATEST.resolveSibling(day + "-" + number + ".log.gz");
  }

  private static String prefix(String thread, String level) {
    return "[" + LocalTime.timeOfDay() + "] [" + thread + "/" + level + "]: ";
  }

  /** A closed pipe or a full disk must not end the server: vanilla's does not. */
  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      return;
    }
  }
}
