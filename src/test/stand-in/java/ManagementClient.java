import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One WebSocket connection (RFC 6455) that carries JSON-RPC 2.0. */
final class ManagementClient implements Runnable {
  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int MAX_MESSAGE = 1 << 20;

  private final Server server;
  private final ManagementListener listener;
  private final Socket socket;

  ManagementClient(Server server, ManagementListener listener, Socket socket) {
    this.server = server;
    this.listener = listener;
    this.socket = socket;
  }

  void start() {
    Thread thread = new Thread(this, "Management client");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      if (!shakeHands(in)) return;
      listener.joined(this);
      while (readMessage(in));
    } catch (IOException | GeneralSecurityException e) {
      // A lost connection is not worth a word.
    } finally {
      listener.left(this);
      close();
    }
  }

  private boolean shakeHands(DataInputStream in) throws IOException, GeneralSecurityException {
    String key = null;
    boolean isKnown = false;
    String secret = server.properties.text("management-server-secret", "");
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String[] header = line.split(": ", 2);
      if (header[0].equalsIgnoreCase("sec-websocket-key")) key = header[1];
      if (header[0].equalsIgnoreCase("authorization")) isKnown = !secret.isEmpty() && header[1].equals("Bearer " + secret);
    }
    String fault = ManagementListener.fault();
    if (fault.equals("hang")) {
      while (in.read() >= 0);
      return false;
    }
    if (!isKnown || key == null || fault.equals("refuse")) {
      write("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return false;
    }
    byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + ACCEPT).getBytes(StandardCharsets.US_ASCII));
    String accept = Base64.getEncoder().encodeToString(digest);
    write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + accept + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  private static String readLine(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      if (line.length() > 8192) throw new IOException("header too long");
      if (c != '\r') line.append((char) c);
    }
    return line.toString();
  }

  /** One message, perhaps in several frames, with pings in between. False when it is over. */
  private boolean readMessage(DataInputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (boolean isWhole = false; !isWhole;) {
      int first = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      // A client has to mask what it sends.
      if ((second & 128) == 0) return false;
      long length = second & 127;
      if (length == 126) length = in.readUnsignedShort();
      else if (length == 127) length = in.readLong();
      if (length < 0 || length + message.size() > MAX_MESSAGE) return false;
      byte[] mask = new byte[4];
      in.readFully(mask);
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      for (int i = 0; i < payload.length; i++) payload[i] ^= mask[i & 3];
      int opcode = first & 15;
      if (opcode == 8) {
        frame(8, payload);
        return false;
      }
      if (opcode == 9) frame(10, payload);
      if (opcode > 2) continue;
      message.write(payload);
      isWhole = (first & 128) != 0;
    }
    return receive(message.toString(StandardCharsets.UTF_8));
  }

  private boolean receive(String text) {
    String fault = ManagementListener.fault();
    if (fault.equals("cut")) return false;
    if (fault.equals("deaf")) return true;
    try {
      Map<?, ?> call = (Map<?, ?>) Json.parse(text);
      List<Object> params = new ArrayList<Object>();
      if (call.get("params") instanceof List) params.addAll((List<?>) call.get("params"));
      server.submit(new ManagementTask(listener.calls, this, String.valueOf(call.get("method")), params, call.get("id")));
    } catch (IllegalArgumentException | ClassCastException e) {
      Object error = Json.object("code", -32700L, "message", "Parse error");
      send(Json.write(Json.object("jsonrpc", "2.0", "id", null, "error", error)));
    }
    return true;
  }

  void send(String text) {
    try {
      frame(1, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      close();
    }
  }

  private void frame(int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(128 | opcode);
    if (payload.length < 126) {
      out.write(payload.length);
    } else if (payload.length < 65536) {
      out.write(126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(127);
      for (int shift = 56; shift >= 0; shift -= 8) out.write((int) ((long) payload.length >> shift));
    }
    out.write(payload);
    write(out.toByteArray());
  }

  private synchronized void write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }
}
