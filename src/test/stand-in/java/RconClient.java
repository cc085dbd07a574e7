import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One RCON connection by vanilla's rules: one read of at most 1460 bytes is one packet and its length field must agree,
 * else the connection is closed without a word; answers are cut after 4096 UTF-16 units and encoded afterwards.
 */
final class RconClient implements Runnable {
  private static final int MAX_REQUEST = 1460;
  private static final int MAX_REPLY_CHARS = 4096;

  private final Server server;
  private final Socket socket;
  private final String name;
  private final byte[] buffer = new byte[MAX_REQUEST];
  private boolean isAuthed;

  RconClient(Server server, Socket socket) {
    this.server = server;
    this.socket = socket;
    this.name = "RCON Client " + socket.getInetAddress();
  }

  void start() {
    Thread thread = new Thread(this, name + " #2");
    thread.setDaemon(true);
    thread.start();
    server.log.info("Thread " + name + " started");
  }

  @Override
  public void run() {
    try {
      socket.setSoTimeout(0);
      while (readPacket());
    } catch (IOException | InterruptedException e) {
      // A lost connection is not worth a word, in vanilla neither.
    } finally {
      close();
      server.log.info("Thread " + name + " shutting down");
    }
  }

  private boolean readPacket() throws IOException, InterruptedException {
    int read = new BufferedInputStream(socket.getInputStream()).read(buffer, 0, MAX_REQUEST);
    if (read < 10 || int32(0) != read - 4) return false;
    int id = int32(4);
    int type = int32(8);
    if (type == 3) {
      String password = text(12, read);
      isAuthed = !password.isEmpty() && password.equals(server.properties.text("rcon.password", ""));
      send(isAuthed ? id : -1, 2, "");
    } else if (type == 2 && isAuthed) {
      reply(id, execute(text(12, read)));
    } else if (type == 2) {
      send(-1, 2, "");
    } else {
      reply(id, "Unknown request " + Integer.toHexString(type));
    }
    return true;
  }

  private String execute(String command) throws InterruptedException {
    // As long as this file is there, the peer hears and says nothing.
    while (Files.exists(Path.of("rcon.deaf"))) Thread.sleep(20);
    RconSource source = new RconSource(server.log);
    CommandTask task = new CommandTask(server, command, source);
    server.submit(task);
    task.done.await();
    return source.reply.toString();
  }

  private void reply(int id, String text) throws IOException {
    int from = 0;
    do {
      int to = Math.min(text.length(), from + MAX_REPLY_CHARS);
      send(id, 0, text.substring(from, to));
      from = to;
    } while (from < text.length());
  }

  private void send(int id, int type, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 14);
    int32(out, payload.length + 10);
    int32(out, id);
    int32(out, type);
    out.write(payload);
    out.write(0);
    out.write(0);
    socket.getOutputStream().write(out.toByteArray());
  }

  private int int32(int at) {
    if (at + 4 > buffer.length) return 0;
    return buffer[at] & 255 | (buffer[at + 1] & 255) << 8 | (buffer[at + 2] & 255) << 16 | buffer[at + 3] << 24;
  }

  private static void int32(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < 32; shift += 8) out.write(value >> shift);
  }

  private String text(int from, int limit) {
    int to = from;
    while (to < limit && buffer[to] != 0) to++;
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }
}
