import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** {@code status --host H --port P}: one list ping; exit code 0 and the answer when there is one, 1 otherwise. */
public final class ListPing {
  private ListPing() {}

  public static void main(String[] args) {
    String host = "localhost";
    int port = 25565;
    for (int i = 1; i + 1 < args.length; i += 2) {
      if (args[i].equals("--host")) host = args[i + 1];
      if (args[i].equals("--port")) port = Integer.parseInt(args[i + 1]);
    }
    try {
      System.out.println(host + ":" + port + " : " + ask(host, port));
    } catch (IOException e) {
      System.err.println("failed to ping " + host + ":" + port + " : " + e.getMessage());
      System.exit(1);
    }
  }

  private static String ask(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 5000);
      socket.setSoTimeout(5000);
      ByteArrayOutputStream handshake = new ByteArrayOutputStream();
      byte[] name = host.getBytes(StandardCharsets.UTF_8);
      for (int value : new int[] {0, 47, name.length}) writeVarInt(handshake, value);
      handshake.write(name);
      handshake.write(port >> 8);
      handshake.write(port);
      handshake.write(1);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      writeVarInt(request, handshake.size());
      handshake.writeTo(request);
      request.write(1);
      request.write(0);
      new DataOutputStream(socket.getOutputStream()).write(request.toByteArray());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      readVarInt(in);
      readVarInt(in);
      byte[] answer = new byte[readVarInt(in)];
      in.readFully(answer);
      return new String(answer, StandardCharsets.UTF_8);
    }
  }

  private static void writeVarInt(ByteArrayOutputStream out, int value) {
    int rest = value;
    for (; (rest & ~127) != 0; rest >>>= 7) out.write(rest & 127 | 128);
    out.write(rest);
  }

  private static int readVarInt(DataInputStream in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (next & 127) << shift;
      if (next < 128) return value;
    }
    throw new IOException("a number without an end");
  }
}
