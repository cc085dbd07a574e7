import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One connection to the game port: a list ping of any age, or a login that is refused. */
final class StatusClient implements Runnable {
  private static final int LEGACY = 0xFE;

  private final Server server;
  private final Socket socket;

  StatusClient(Server server, Socket socket) {
    this.server = server;
    this.socket = socket;
  }

  @Override
  public void run() {
    try (Socket closing = socket) {
      if (!server.isReady) return;
      socket.setSoTimeout(30000);
      PushbackInputStream in = new PushbackInputStream(socket.getInputStream(), 3);
      int first = in.read();
      if (first == LEGACY && isLegacy(in)) return;
      in.unread(first);
      serve(new DataInputStream(in), new DataOutputStream(socket.getOutputStream()));
    } catch (IOException e) {
      return;
    }
  }

  /** A modern frame of 254 bytes also begins with FE 01: its third byte is the packet id 0, a 1.6 ping's is FA. */
  private boolean isLegacy(PushbackInputStream in) throws IOException {
    int second = readSoon(in);
    int third = second == 1 ? readSoon(in) : -1;
    if (third == 0 || second > 1) {
      if (third >= 0) in.unread(third);
      in.unread(second);
      return false;
    }
    int online = server.players.names().size();
    int max = server.properties.number("max-players", 20);
    String motd = server.properties.text("motd", "A Minecraft Server");
    String text = second == 1
        ? "§1\u0000127\u0000" + Server.VERSION + "\u0000" + motd + "\u0000" + online + "\u0000" + max
        : motd.replace("§", "") + "§" + online + "§" + max;
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    reply.write(0xFF);
    reply.write(text.length() >> 8);
    reply.write(text.length());
    reply.write(text.getBytes(StandardCharsets.UTF_16BE));
    out.write(reply.toByteArray());
    return true;
  }

  /** The next byte, or -1 when none comes soon: the oldest pings are one or two bytes and then silence. */
  private int readSoon(InputStream in) throws IOException {
    socket.setSoTimeout(200);
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      return -1;
    } finally {
      socket.setSoTimeout(30000);
    }
  }

  private void serve(DataInputStream in, DataOutputStream out) throws IOException {
    frameStart(in);
    if (varInt(in) != 0) return;
    varInt(in);
    in.readFully(new byte[varInt(in)]);
    in.readUnsignedShort();
    if (varInt(in) != 1) {
      byte[] reason = "{\"text\":\"Nobody can play on the stand-in\"}".getBytes(StandardCharsets.UTF_8);
      frame(out, reason);
      return;
    }
    while (true) {
      frameStart(in);
      if (varInt(in) == 1) {
        byte[] pong = new byte[10];
        pong[0] = 9;
        pong[1] = 1;
        in.readFully(pong, 2, 8);
        out.write(pong);
        return;
      }
      frame(out, status().getBytes(StandardCharsets.UTF_8));
    }
  }

  private String status() {
    List<String> names = server.players.names();
    StringBuilder sample = new StringBuilder();
    for (String name : names) {
      if (sample.length() > 0) sample.append(',');
      sample.append("{\"name\":\"").append(name).append("\",\"id\":\"").append(NameList.offlineUuid(name)).append("\"}");
    }
    return "{\"version\":{\"name\":\"" + Server.VERSION + "\",\"protocol\":" + Server.PROTOCOL + "},\"description\":\""
        + json(server.properties.text("motd", "A Minecraft Server")) + "\",\"players\":{\"max\":"
        + server.properties.number("max-players", 20) + ",\"online\":" + names.size()
        + (names.isEmpty() ? "" : ",\"sample\":[" + sample + "]") + "}}";
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static void frameStart(DataInputStream in) throws IOException {
    int length = varInt(in);
    if (length < 1 || length > 32768) throw new IOException("bad frame");
  }

  /** Packet 0 with one string. */
  private static void frame(DataOutputStream out, byte[] text) throws IOException {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    varInt(packet, 0);
    varInt(packet, text.length);
    packet.write(text);
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    varInt(framed, packet.size());
    packet.writeTo(framed);
    out.write(framed.toByteArray());
  }

  private static int varInt(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (next & 127) << shift;
      if (next < 128) return value;
    }
    throw new IOException("bad VarInt");
  }

  private static void varInt(ByteArrayOutputStream out, int value) {
    while ((value & ~127) != 0) {
      out.write(value & 127 | 128);
      value >>>= 7;
    }
    out.write(value);
  }
}
