package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/**
 * Shows that no bytes make the decoder throw anything but its own error, nor give a mutation that
 * cannot be built. With the unit tests it runs over the files of {@code
 * MutationDecoderFuzzTestInputs}; with {@code JAZZER_FUZZ=1} it looks for more.
 */
class MutationDecoderFuzzTest {
  private static final FamilySelection SOME = FamilySelection.only(Set.of("cf"));

  @FuzzTest(maxDuration = "60s")
  @Tag("fuzz")
  void decoderThrowsOnlyWireFormatExceptions(byte[] value) {
    DecodedMutation decoded;
    try {
      decoded = MutationDecoder.decode(value);
    } catch (WireFormatException e) {
      return;
    }
    decoded.toRow(FamilySelection.ALL, List::of, TargetOptions.DEFAULT);
    decoded.toRow(SOME, () -> List.of(new byte[] {'c', 'f'}), TargetOptions.DEFAULT);
    assertThat(decoded.row().length()).isBetween(1, RowKey.MAX_LENGTH);
    assertThat(decoded.kind()).isNotNull();
  }
}
