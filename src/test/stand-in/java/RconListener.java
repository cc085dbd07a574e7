import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** RCON's door: opens after "Done (", as vanilla's does. */
final class RconListener implements Runnable {
  private final Server server;
  private final ServerSocket socket;
  private final List<RconClient> clients = new ArrayList<RconClient>();
  private volatile boolean isClosed;

  private RconListener(Server server, ServerSocket socket) {
    this.server = server;
    this.socket = socket;
  }

  /** Null when RCON is off or cannot listen; vanilla then runs on without it. */
  static RconListener open(Server server) throws IOException {
    Settings properties = server.properties;
    if (!properties.flag("enable-rcon")) return null;
    server.log.info("Starting remote control listener");
    if (properties.text("rcon.password", "").isEmpty()) {
      server.log.warn("No rcon password set in server.properties, rcon disabled!");
      return null;
    }
    String ip = properties.text("rcon.ip", properties.text("server-ip", ""));
    String host = ip.isEmpty() ? "0.0.0.0" : ip;
    int port = properties.number("rcon.port", 25575);
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(ip.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(ip, port));
    } catch (IOException e) {
      server.log.warn("Unable to initialise RCON on " + host + ":" + port);
      socket.close();
      return null;
    }
    RconListener listener = new RconListener(server, socket);
    Thread thread = new Thread(listener, "RCON Listener #1");
    thread.setDaemon(true);
    thread.start();
    server.log.info("Thread RCON Listener started");
    server.log.info("RCON running on " + host + ":" + port);
    return listener;
  }

  @Override
  public void run() {
    try {
      while (!isClosed) {
        Socket client = socket.accept();
        RconClient next = new RconClient(server, client);
        synchronized (clients) {
          clients.add(next);
        }
        next.start();
      }
    } catch (IOException e) {
      return;
    }
  }

  void close() {
    isClosed = true;
    synchronized (clients) {
      for (RconClient client : clients) client.close();
    }
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
    server.log.info("Thread RCON Listener stopped");
  }
}
