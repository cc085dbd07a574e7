import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code [--host H] [--port P] [--password W] [command …]}; without a command, one per line of standard input. */
public final class RconCli {
  /** Vanilla cuts longer answers into parts of this many characters. */
  private static final int PART = 4096;

  private final DataInputStream in;
  private final Socket socket;
  private int lastId;

  private RconCli(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  public static void main(String[] args) {
    String host = variable("RCON_HOST", "localhost");
    String port = variable("RCON_PORT", "25575");
    String password = System.getenv("RCON_PASSWORD");
    int at = 0;
    for (; at + 1 < args.length && args[at].startsWith("--"); at += 2) {
      if (args[at].equals("--host")) host = args[at + 1];
      if (args[at].equals("--port")) port = args[at + 1];
      if (args[at].equals("--password")) password = args[at + 1];
    }
    String command = String.join(" ", java.util.Arrays.copyOfRange(args, at, args.length));
    try (Socket socket = new Socket(host, Integer.parseInt(port))) {
      socket.setSoTimeout(5_000);
      RconCli rcon = new RconCli(socket);
      rcon.signIn(password == null ? savedPassword() : password);
      if (!command.isEmpty()) {
        System.out.println(rcon.run(command));
        return;
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) System.out.println(rcon.run(line));
    } catch (IOException e) {
      System.err.println("Failed to use RCON: " + e.getMessage());
      System.exit(1);
    }
  }

  private static String variable(String name, String fallback) {
    String value = System.getenv(name);
    return value == null ? fallback : value;
  }

  private static String savedPassword() throws IOException {
    for (String line : Files.readAllLines(Path.of("/data/.rcon-cli.env"))) {
      if (line.startsWith("password=")) return line.substring("password=".length());
    }
    throw new IOException("no password");
  }

  private void signIn(String password) throws IOException {
    send(3, password);
    if (receive().getInt(0) == -1) throw new IOException("authentication failed");
  }

  private String run(String command) throws IOException {
    int id = send(2, command);
    StringBuilder reply = new StringBuilder();
    String part = text(receive());
    reply.append(part);
    if (part.length() < PART) return reply.toString();
    int probe = send(100, "");
    for (ByteBuffer next = receive(); next.getInt(0) != probe; next = receive()) {
      if (next.getInt(0) == id) reply.append(text(next));
    }
    return reply.toString();
  }

  private int send(int type, String text) throws IOException {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer packet = ByteBuffer.allocate(payload.length + 14).order(ByteOrder.LITTLE_ENDIAN);
    packet.putInt(payload.length + 10).putInt(++lastId).putInt(type).put(payload);
    socket.getOutputStream().write(packet.array());
    return lastId;
  }

  /** Id, type, payload and two zeros. */
  private ByteBuffer receive() throws IOException {
    byte[] body = new byte[Integer.reverseBytes(in.readInt())];
    in.readFully(body);
    return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer packet) {
    return new String(packet.array(), 8, packet.capacity() - 10, StandardCharsets.UTF_8);
  }
}
