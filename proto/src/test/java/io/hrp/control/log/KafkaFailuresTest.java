package io.hrp.control.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.log.KafkaFailures.Meaning;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFailuresTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ProducerFencedException("x"), Meaning.START_OVER),
        Arguments.of(new InvalidProducerEpochException("x"), Meaning.START_OVER),
        Arguments.of(new InvalidTxnStateException("x"), Meaning.START_OVER),
        Arguments.of(new TransactionAbortedException("x"), Meaning.START_OVER),
        Arguments.of(
            new KafkaException("cannot", new ProducerFencedException("x")), Meaning.START_OVER),
        Arguments.of(new TopicAuthorizationException("x"), Meaning.REFUSED),
        Arguments.of(new TransactionalIdAuthorizationException("x"), Meaning.REFUSED),
        Arguments.of(new SaslAuthenticationException("x"), Meaning.REFUSED),
        Arguments.of(new InvalidReplicationFactorException("x"), Meaning.REFUSED),
        Arguments.of(new RecordTooLargeException("x"), Meaning.REFUSED),
        Arguments.of(new ConfigException("x"), Meaning.REFUSED),
        Arguments.of(new TimeoutException("x"), Meaning.UNAVAILABLE),
        Arguments.of(new NotEnoughReplicasException("x"), Meaning.UNAVAILABLE),
        Arguments.of(new UnknownTopicOrPartitionException("x"), Meaning.UNAVAILABLE),
        Arguments.of(new KafkaException("x"), Meaning.UNAVAILABLE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureHasItsMeaning(Throwable failure, Meaning meaning) {
    assertThat(KafkaFailures.meaningOf(failure)).isEqualTo(meaning);
    assertThat(KafkaFailures.meaningOf(new ExecutionException(failure))).isEqualTo(meaning);
  }

  @Test
  void callersSeeOurOwnExceptionsWithTheCauseInWords() {
    assertThat(
            KafkaFailures.translate("do it", new ExecutionException(new TimeoutException("late"))))
        .isInstanceOf(ControlUnavailableException.class)
        .hasMessage("cannot do it: late")
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(KafkaFailures.translate("do it", new TopicAuthorizationException("no")))
        .isInstanceOf(ControlRefusedException.class);
  }
}
