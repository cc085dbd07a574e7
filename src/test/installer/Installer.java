import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** What an installer of Forge or NeoForge does as far as mcsd can see, or one of the ways in which it goes wrong. */
public final class Installer {
  public static void main(String[] args) throws Exception {
    String[] told = text("told.txt").split("\n");
    String mode = told[0];
    String name = told[1];
    if (args.length != 1 || !args[0].equals("--installServer")) throw new IllegalArgumentException("what is to be installed?");
    System.out.println("JVM info: " + System.getProperty("java.vendor"));
    System.out.println("Target Directory: .");
    Files.writeString(Paths.get("installer.jar.log"), "log of the installer\n");
    switch (mode) {
      case "args": {
        Path folder = Paths.get("libraries", told[2].split("/")).resolve(name);
        Files.createDirectories(folder);
        put(folder.resolve("server-impl.jar"));
        Files.writeString(folder.resolve("unix_args.txt"), "-Dinstalled.by=" + name + "\n-cp " + folder + "/server-impl.jar\nStandIn\n");
        Files.writeString(Paths.get("user_jvm_args.txt"), "# Xmx and Xms\n-Dfrom.user.file=yes\n-Xmx4G\n");
        Files.writeString(Paths.get("run.sh"), "java @user_jvm_args.txt @" + folder + "/unix_args.txt \"$@\"\n");
        break;
      }
      case "jar":
        put(Paths.get("forge-" + name + ".jar"));
        break;
      case "fail":
        System.out.println("\u001b[31mDownloading libraries\u001b[0m");
        System.err.println("Failed to download minecraft server: connection refused");
        System.exit(1);
        break;
      case "hang":
        System.out.println("Downloading libraries 1 of 40");
        new ProcessBuilder("sleep", "600").inheritIO().start();
        Thread.sleep(600_000);
        break;
      case "flood":
        for (;;) System.out.println("x".repeat(1000));
      case "outside":
        Files.writeString(Paths.get(told[2]), "written by an installer\n");
        break;
      case "environment":
        System.getenv().forEach((key, value) -> System.out.println("env " + key + "=" + value));
        System.out.println("in " + Paths.get("").toAbsolutePath() + " as " + Files.getAttribute(Paths.get("installer.jar.log"), "unix:uid"));
        System.exit(3);
        break;
      default:
        break;
    }
    System.out.println("The server installed successfully, you should now be able to run the file");
  }

  private static String text(String resource) throws Exception {
    try (InputStream in = Installer.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void put(Path target) throws Exception {
    try (InputStream in = Installer.class.getResourceAsStream("payload.jar")) {
      Files.copy(in, target);
    }
  }
}
