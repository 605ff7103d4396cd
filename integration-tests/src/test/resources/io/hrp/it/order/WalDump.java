import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.HBaseConfiguration;
import org.apache.hadoop.hbase.KeyValueUtil;
import org.apache.hadoop.hbase.util.Bytes;
import org.apache.hadoop.hbase.wal.WAL;
import org.apache.hadoop.hbase.wal.WALEdit;
import org.apache.hadoop.hbase.wal.WALFactory;
import org.apache.hadoop.hbase.wal.WALKeyImpl;
import org.apache.hadoop.hbase.wal.WALStreamReader;

/**
 * Prints what write-ahead logs hold of one table. HBase's own WALPrettyPrinter leaves out the ids of
 * the clusters an edit has been on, so this program asks HBase's own reader.
 *
 * <p>Run as a single source file on the class path of an HBase server: it cannot be compiled with
 * the tests, whose class path holds the shaded client.
 *
 * <p>Arguments: the file to write, the table, the logs. A line "E region sequence time ids" for
 * each edit, then a line "C base64" for each of its cells, serialised as a KeyValue without tags. A
 * last line "end" says that nothing was cut off.
 */
public final class WalDump {
  private WalDump() {}

  public static void main(String[] args) throws IOException {
    Configuration conf = HBaseConfiguration.create();
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(Path.of(args[0]), StandardCharsets.US_ASCII))) {
      for (int i = 2; i < args.length; i++) {
        dump(conf, new org.apache.hadoop.fs.Path(args[i]), args[1], out);
      }
      out.println("end");
    }
  }

  private static void dump(
      Configuration conf, org.apache.hadoop.fs.Path path, String table, PrintWriter out)
      throws IOException {
    FileSystem files = path.getFileSystem(conf);
    // A log whose writer was killed may hold not even its header.
    if (files.getFileStatus(path).getLen() == 0) {
      return;
    }
    try (WALStreamReader reader = WALFactory.createStreamReader(files, path, conf)) {
      for (WAL.Entry entry = reader.next(); entry != null; entry = reader.next()) {
        if (entry.getKey().getTableName().getNameWithNamespaceInclAsString().equals(table)) {
          print(entry, out);
        }
      }
    } catch (EOFException cutOff) {
      // Its server was killed within a write: what stood before that has been printed.
      System.err.println("cut off: " + path + ": " + cutOff);
    }
  }

  private static void print(WAL.Entry entry, PrintWriter out) {
    WALKeyImpl key = entry.getKey();
    List<Cell> cells = new ArrayList<>();
    for (Cell cell : entry.getEdit().getCells()) {
      if (!WALEdit.isMetaEditFamily(cell)) {
        cells.add(cell);
      }
    }
    if (cells.isEmpty()) {
      return;
    }
    List<UUID> ids = key.getClusterIds() == null ? Collections.emptyList() : key.getClusterIds();
    out.println(
        "E "
            + Bytes.toString(key.getEncodedRegionName())
            + " "
            + key.getSequenceId()
            + " "
            + key.getWriteTime()
            + " "
            + ids.stream().map(UUID::toString).collect(Collectors.joining(",")));
    for (Cell cell : cells) {
      out.println("C " + Base64.getEncoder().encodeToString(KeyValueUtil.copyToNewKeyValue(cell).getBuffer()));
    }
  }
}
