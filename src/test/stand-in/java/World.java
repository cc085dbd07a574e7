import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** The world folder of 1.21: session.lock with an OS lock, level.dat as gzipped NBT, one region file without chunks and more that are written all the time. */
final class World {
  private static final byte[] SNOWMAN = {(byte) 0xE2, (byte) 0x98, (byte) 0x83};

  final String name;
  private final Path folder;
  private final RegionWriter regions;
  private FileChannel lockFile;

  World(String name, Settings behaviour) {
    this.name = name;
    this.folder = Path.of(name);
    this.regions = new RegionWriter(folder.resolve("region"), behaviour.number("world.regions", 0),
        behaviour.number("world.region.blocks", 16), behaviour.number("world.write.ms", 1));
  }

  void setSaving(boolean on) {
    regions.setSaving(on);
  }

  /** Says "already locked" in vanilla's words when another process holds the world. */
  void lock() throws IOException {
    Files.createDirectories(folder);
    Path path = folder.resolve("session.lock");
    lockFile = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lockFile.write(ByteBuffer.wrap(SNOWMAN.clone()));
    FileLock held = lockFile.tryLock();
    if (held != null) return;
    lockFile.close();
    throw new IOException("net.minecraft.util.DirectoryLock$LockException: " + path.toAbsolutePath()
        + ": already locked (possibly by other Minecraft instance?)");
  }

  void createIfMissing() throws IOException {
    Files.createDirectories(folder.resolve("region"));
    Path region = folder.resolve("region").resolve("r.0.0.mca");
    if (!Files.exists(region)) Files.write(region, new byte[8192]);
    regions.createIfMissing();
    if (!Files.exists(folder.resolve("level.dat"))) save();
    Thread writer = new Thread(regions, "IO-Worker-1");
    writer.setDaemon(true);
    writer.start();
  }

  /** Writes beside and renames, the previous file kept as level.dat_old, as vanilla does. */
  void save() throws IOException {
    regions.flush();
    Path next = folder.resolve("level.dat_new");
    Path level = folder.resolve("level.dat");
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(next)))) {
      tag(out, 10, "");
      tag(out, 10, "Data");
      tag(out, 3, "DataVersion");
      out.writeInt(4671);
      tag(out, 8, "LevelName");
      out.writeUTF(name);
      tag(out, 4, "LastPlayed");
      out.writeLong(System.currentTimeMillis());
      tag(out, 10, "Version");
      tag(out, 8, "Name");
      out.writeUTF(Server.VERSION);
      out.writeByte(0);
      out.writeByte(0);
      out.writeByte(0);
    }
    if (Files.exists(level)) Files.move(level, folder.resolve("level.dat_old"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(next, level, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What a version that cannot read the world may do to it. */
  void ruin() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("region"))) {
      for (Path file : files) Files.write(file, new byte[] {1, 2, 3});
    }
    Files.deleteIfExists(folder.resolve("level.dat"));
    Files.writeString(folder.resolve("ruined.txt"), "ruined");
  }

  void fillTheDisk() {
    byte[] piece = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(folder.resolve("filler.bin"))) {
      for (long left = 1L << 30; left > 0; left -= piece.length) out.write(piece);
    } catch (IOException e) {
      // It is full.
    }
  }

  private static void tag(DataOutputStream out, int type, String name) throws IOException {
    out.writeByte(type);
    out.writeUTF(name);
  }

}
