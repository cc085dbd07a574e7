import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The game port: answers list pings and turns every player away. */
final class StatusListener implements Runnable {
  private final Server server;
  private final ServerSocket socket;

  private StatusListener(Server server, ServerSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  /** Throws BindException when the port is taken. */
  static StatusListener open(Server server, String ip) throws IOException {
    int port = server.properties.number("server-port", 25565);
    ServerSocket socket = new ServerSocket();
    socket.bind(ip.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(ip, port));
    StatusListener listener = new StatusListener(server, socket);
    Thread thread = new Thread(listener, "Netty Epoll Server IO #0");
    thread.setDaemon(true);
    thread.start();
    return listener;
  }

  @Override
  public void run() {
    try {
      while (true) {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        Thread thread = new Thread(new StatusClient(server, client), "Netty Epoll Server IO #1");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      return;
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }
}
