package io.hrp.it.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.hbase.Cell;
import org.apache.hadoop.hbase.client.Delete;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.util.Bytes;
import org.junit.jupiter.api.Test;

/** That the judge of the order tests sees what it has to see. */
final class FirstApplicationsTest {
  private static final byte[] FAMILY = Bytes.toBytes("f");
  private static final List<String> FAMILIES = List.of("f", "g");
  private static final long TIMESTAMP = 1_000;

  private final PublishedMutation first = put("r1", 1);
  private final PublishedMutation second = put("r1", 2);
  private final PublishedMutation other = put("r2", 3);

  @Test
  void findsNothingInLogsThatFollowTheOrderOfPublishing() {
    FirstApplications found =
        FirstApplications.of(
            List.of(second, other, first), List.of(edit(1, first, other), edit(2, second)));

    assertThat(found).isEqualTo(new FirstApplications(2, 3, 3, 0, List.of()));
  }

  @Test
  void acceptsThatAnEarlierMutationIsAppliedAgainAfterALaterOne() {
    FirstApplications found =
        FirstApplications.of(
            List.of(first, second),
            List.of(edit(1, first), edit(2, second), edit(3, first), edit(4, second)));

    assertThat(found).isEqualTo(new FirstApplications(1, 2, 2, 2, List.of()));
  }

  @Test
  void findsARowWhoseMutationsChangedPlaces() {
    FirstApplications found =
        FirstApplications.of(
            List.of(first, second), List.of(edit(1, second), edit(2, first), edit(3, second)));

    assertThat(found.faults()).hasSize(1);
    assertThat(found.faults().get(0)).contains("row r1").contains("was applied where");
  }

  @Test
  void findsAWrongOrderWithinOneEdit() {
    FirstApplications found =
        FirstApplications.of(List.of(first, second), List.of(edit(1, second, first)));

    assertThat(found.faults()).hasSize(1);
  }

  @Test
  void findsAMutationThatWasNeverApplied() {
    FirstApplications found =
        FirstApplications.of(List.of(first, second, other), List.of(edit(1, second, other)));

    assertThat(found.applied()).isEqualTo(2);
    assertThat(found.faults()).hasSize(1);
    assertThat(found.faults().get(0)).contains("never applied").contains("0@1");
  }

  @Test
  void findsAMutationThatWasTornApart() {
    List<Cell> half = first.cells().subList(0, 1);
    WalEdit one = new WalEdit("region", 1, 0, List.of(), half);
    WalEdit two = new WalEdit("region", 2, 0, List.of(), first.cells().subList(1, 2));

    FirstApplications found = FirstApplications.of(List.of(first), List.of(one, two));

    assertThat(found.faults()).isNotEmpty().allMatch(fault -> fault.contains("torn apart"));
  }

  @Test
  void knowsADeletedRowByAMarkerInEachFamily() {
    Delete row = new Delete(Bytes.toBytes("r1"), TIMESTAMP + 5);
    PublishedMutation deleted = PublishedMutation.of(0, 2, row, FAMILIES);

    FirstApplications found =
        FirstApplications.of(List.of(first, deleted), List.of(edit(1, first), edit(2, deleted)));

    assertThat(deleted.cells()).hasSize(2);
    assertThat(found).isEqualTo(new FirstApplications(1, 2, 2, 0, List.of()));
  }

  @Test
  void refusesMutationsThatItCouldNotTellApart() {
    PublishedMutation same = new PublishedMutation(0, 9, first.cells());

    assertThatThrownBy(() -> FirstApplications.of(List.of(first, same), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A cell all of them share and one of its own. */
  private static PublishedMutation put(String row, int number) {
    Put put =
        new Put(Bytes.toBytes(row))
            .addColumn(FAMILY, Bytes.toBytes("hot"), TIMESTAMP, Bytes.toBytes("same"))
            .addColumn(FAMILY, Bytes.toBytes("n" + number), TIMESTAMP, Bytes.toBytes(number));
    return PublishedMutation.of(0, number, put, FAMILIES);
  }

  private static WalEdit edit(long sequence, PublishedMutation... mutations) {
    List<Cell> cells = new ArrayList<>();
    Arrays.stream(mutations).forEach(mutation -> cells.addAll(mutation.cells()));
    return new WalEdit("region", sequence, 0, List.of(), cells);
  }
}
