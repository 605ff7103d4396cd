package io.hrp.bench.codec;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.hbase.client.Row;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cases of {@code hrp bench codec} under JMH: {@code hrp bench codec --jmh}. A fork per case
 * and side, so that neither sees what the compiler learned from the others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

  /** Which codec. */
  public enum Format {
    HRP,
    HBASE
  }

  @Param private CodecCase mutation = CodecCase.PUT_5;
  @Param private Format format = Format.HRP;

  private Codec codec = new HrpCodec();
  private List<Row> mutations = List.of();
  private List<byte[]> encoded = List.of();
  private int next;

  /** Makes the inputs of this case. */
  @Setup
  public void prepare() {
    codec = format == Format.HRP ? new HrpCodec() : mutation.hbaseCodec();
    mutations = mutation.mutations();
    encoded = mutations.stream().map(codec::encode).toList();
  }

  @Benchmark
  public byte[] encode() {
    return codec.encode(mutations.get(advance()));
  }

  @Benchmark
  public Row decode() {
    return codec.decode(encoded.get(advance()));
  }

  private int advance() {
    next = next + 1 == mutations.size() ? 0 : next + 1;
    return next;
  }
}
