package io.hrp.consumer.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CommitMetadataTest {
  @Test
  void readsBackWhatItWrites() {
    CommitMetadata plain = new CommitMetadata("abcDEF", "1-2-3", Optional.empty());
    CommitMetadata signalled = new CommitMetadata("abcDEF", "1-2-3", Optional.of("s-9"));

    assertThat(plain.toText()).isEqualTo("hrp1 topic=abcDEF cluster=1-2-3");
    assertThat(CommitMetadata.parse(plain.toText())).contains(plain);
    assertThat(CommitMetadata.parse(signalled.toText())).contains(signalled);
  }

  @Test
  void ignoresPartsThatALaterReleaseAdded() {
    assertThat(CommitMetadata.parse("hrp1 topic=t cluster=c colour=blue"))
        .contains(new CommitMetadata("t", "c", Optional.empty()));
  }

  @Test
  void takesNothingFromTextThatIsNotItsOwn() {
    assertThat(CommitMetadata.parse("")).isEmpty();
    assertThat(CommitMetadata.parse("hello")).isEmpty();
    assertThat(CommitMetadata.parse("hrp2 topic=t cluster=c")).isEmpty();
    assertThat(CommitMetadata.parse("hrp1 topic= cluster=c")).isEmpty();
  }

  @Test
  void refusesIdsOfSeveralWords() {
    assertThatThrownBy(() -> new CommitMetadata("a b", "c", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
