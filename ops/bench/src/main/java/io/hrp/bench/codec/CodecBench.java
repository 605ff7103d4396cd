package io.hrp.bench.codec;

import io.hrp.bench.round.BenchPlan;
import io.hrp.bench.round.BenchReport;
import io.hrp.bench.round.Benchmark;
import io.hrp.bench.round.Cost;
import io.hrp.bench.round.Rounds;
import io.hrp.bench.round.SideResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.hbase.client.Row;

/** {@code hrp bench codec}: mutations to bytes and back, beside HBase's own messages. */
public final class CodecBench implements Benchmark {

  private final BenchPlan plan;

  public CodecBench(BenchPlan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
  }

  @Override
  public BenchReport run() throws InterruptedException {
    List<SideResult> results = new ArrayList<>();
    for (CodecCase each : CodecCase.values()) {
      results.addAll(measure(each));
    }
    return new BenchReport("codec", results, ratios(results), notes());
  }

  private List<SideResult> measure(CodecCase each) throws InterruptedException {
    Codec ours = new HrpCodec();
    Codec theirs = each.hbaseCodec();
    List<Row> mutations = each.mutations();
    Rounds rounds = plan.toRounds();
    List<SideResult> results = new ArrayList<>();
    results.addAll(
        rounds.run(
            each.title() + " encode", List.of(encode(ours, mutations), encode(theirs, mutations))));
    results.addAll(
        rounds.run(
            each.title() + " decode", List.of(decode(ours, mutations), decode(theirs, mutations))));
    return results;
  }

  private CodecSide<Row> encode(Codec codec, List<Row> mutations) {
    return new CodecSide<>(codec.name(), mutations, codec::encode, plan.rows());
  }

  private CodecSide<byte[]> decode(Codec codec, List<Row> mutations) {
    List<byte[]> encoded = mutations.stream().map(codec::encode).toList();
    return new CodecSide<>(codec.name(), encoded, codec::decode, plan.rows());
  }

  /** Those of the first case; its four results come first. */
  private static Map<String, Double> ratios(List<SideResult> results) {
    SideResult ourEncode = results.get(0);
    SideResult theirEncode = results.get(1);
    SideResult ourDecode = results.get(2);
    SideResult theirDecode = results.get(3);
    Map<String, Double> ratios = new LinkedHashMap<>();
    ratios.put("encode", ourEncode.rate() / theirEncode.rate());
    ratios.put("decode", ourDecode.rate() / theirDecode.rate());
    ratios.put(
        "alloc",
        (allocated(theirEncode) + allocated(theirDecode))
            / (allocated(ourEncode) + allocated(ourDecode)));
    return ratios;
  }

  private static double allocated(SideResult result) {
    return result.perRow(Cost.ALLOCATED).orElseThrow();
  }

  private static List<String> notes() {
    return List.of(
        "Rates are per second of processor time, garbage collection included.",
        "The ratios are those of '"
            + CodecCase.PUT_5.title()
            + "'; alloc is over both directions.");
  }
}
