package io.hrp.it.arch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The directions in which code may depend, checked on the compiled classes of every module.
 *
 * <p>A rule that names a package which has no class yet passes for it and starts to bite with its
 * first class.
 */
@AnalyzeClasses(
    packages = "io.hrp",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
final class ArchitectureTest {
  /** Leaves out what other modules export for tests, which reaches this module as jars. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] PURE = {
    "io.hrp.producer.internal.route..",
    "io.hrp.consumer.offset..",
    "io.hrp.consumer.retry..",
    "io.hrp.consumer.select..",
    "io.hrp.consumer.throttle..",
    "io.hrp.consumer.guard..",
    "io.hrp.consumer.status..",
    "io.hrp.control",
    "io.hrp.bulkload.plan..",
    "io.hrp.ops.check.."
  };

  /** Entry packages, which alone wire adapters together. */
  private static final String[] ENTRIES = {
    "io.hrp.producer",
    "io.hrp.producer.hbase",
    "io.hrp.consumer",
    "io.hrp.bulkload",
    "io.hrp.ops",
    "io.hrp.bench"
  };

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices()
          .matching("io.hrp.(**)")
          .should()
          .beFreeOfCycles()
          .because("a cycle makes one lump of two packages: move the shared type to the lower one");

  @ArchTest
  static final ArchRule proto_depends_on_no_other_module =
      noClasses()
          .that()
          .resideInAnyPackage("io.hrp.proto..", "io.hrp.wire..", "io.hrp.control..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.hrp.producer..",
              "io.hrp.consumer..",
              "io.hrp.bulkload..",
              "io.hrp.ops..",
              "io.hrp.bench..")
          .because("the contracts are the bottom layer: what they need moves down into them");

  @ArchTest
  static final ArchRule producer_and_consumer_do_not_meet =
      noClasses()
          .that()
          .resideInAPackage("io.hrp.producer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.hrp.consumer..", "io.hrp.bulkload..", "io.hrp.ops..")
          .because(
              "an application links the producer library alone: put what both need into proto");

  @ArchTest
  static final ArchRule consumer_depends_on_proto_alone =
      noClasses()
          .that()
          .resideInAPackage("io.hrp.consumer..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.hrp.producer..", "io.hrp.bulkload..", "io.hrp.ops..")
          .because("the daemon speaks to the others through Kafka: put what both need into proto");

  @ArchTest
  static final ArchRule ops_uses_the_daemon_only_as_a_process =
      noClasses()
          .that()
          .resideInAPackage("io.hrp.ops..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.hrp.consumer..")
          .because("the class paths of daemon and command line differ: start it as a process");

  @ArchTest
  static final ArchRule producer_internals_stay_inside =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.hrp.producer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.hrp.producer.internal..")
          .because("internal packages change without notice: use io.hrp.producer.api");

  @ArchTest
  static final ArchRule api_depends_on_no_other_package =
      noClasses()
          .that()
          .resideInAPackage("io.hrp.producer.api..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.hrp..").and(not(resideInAPackage("io.hrp.producer.api.."))))
          .because("contracts are separate from wiring: move the implementation out of the api");

  @ArchTest
  static final ArchRule generated_types_stay_behind_the_wire_package =
      methods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat(
              JavaClass.Predicates.resideInAPackage("io.hrp..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "io.hrp.proto.v1..", "io.hrp.wire..", "io.hrp.bench.."))))
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should(notExposeGeneratedTypes())
          .allowEmptyShould(true)
          .because("generated classes follow the schema: give callers a value type instead");

  @ArchTest
  static final ArchRule kafka_clients_stay_in_their_adapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.hrp.producer.internal.send..",
              "io.hrp.consumer.poll..",
              "io.hrp.consumer.deadletter..",
              "io.hrp.control.log..",
              "io.hrp.bulkload.topic..",
              "io.hrp.ops.client..",
              "io.hrp.bench..",
              "io.hrp.consumer.offset..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..")
          .because("only adapters touch Kafka: take a plain value or a port of ours");

  @ArchTest
  static final ArchRule offsets_know_only_the_partition_type =
      noClasses()
          .that()
          .resideInAPackage("io.hrp.consumer.offset..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.apache.kafka..").and(not(belongToAnyOf(TopicPartition.class))))
          .because(
              "offset arithmetic is pure: only the value type TopicPartition may appear there");

  @ArchTest
  static final ArchRule hbase_stays_in_its_adapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.hrp.wire..",
              "io.hrp.producer",
              "io.hrp.producer.api..",
              "io.hrp.producer.internal.stamp..",
              "io.hrp.producer.hbase..",
              "io.hrp.producer.mapreduce..",
              "io.hrp.producer.spark..",
              "io.hrp.consumer.apply.hbase..",
              "io.hrp.bulkload.input..",
              "io.hrp.bulkload.local..",
              "io.hrp.bulkload.spark..",
              "io.hrp.bulkload.mapreduce..",
              "io.hrp.bulkload.hfile..",
              "io.hrp.bulkload.load..",
              "io.hrp.ops.client..",
              "io.hrp.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hadoop..")
          .because("only adapters touch HBase: take a value of io.hrp.wire or a port of ours");

  @ArchTest
  static final ArchRule pure_packages_do_no_input_or_output =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.io..",
                      "java.net..",
                      "java.nio.file..",
                      "org.slf4j..",
                      "java.util.concurrent.locks..",
                      "com.codahale..")
                  .and(not(nameMatching("java\\.io\\.(Serializable|.*Exception)"))))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.concurrent.Executor.class)
          .because(
              "pure packages decide, adapters act: pass the observation in, return the verdict");

  @ArchTest
  static final ArchRule time_is_handed_in =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.hrp.bench..", "io.hrp.ops..")
          .and()
          .resideOutsideOfPackages(ENTRIES)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .because(
              "a clock that is handed in can be moved by a test: take a Clock or a LongSupplier");

  @ArchTest
  static final ArchRule threads_are_created_where_they_are_owned =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.hrp.consumer.poll..",
              "io.hrp.consumer.dispatch..",
              "io.hrp.consumer.admin..",
              "io.hrp.consumer.deadletter..",
              "io.hrp.producer.internal.send..",
              "io.hrp.control.log..",
              "io.hrp.bulkload.local..",
              "io.hrp.bulkload.hfile..",
              "io.hrp.bulkload.load..",
              "io.hrp.ops.sandbox..",
              "io.hrp.ops.quickstart..",
              "io.hrp.bench..")
          .and()
          .resideOutsideOfPackages(ENTRIES)
          .should()
          .callConstructorWhere(createsAThread())
          .orShould()
          .dependOnClassesThat(
              belongToAnyOf(java.util.concurrent.Executors.class, ForkJoinPool.class))
          .because("every thread has one owner: let the owner hand in an executor");

  @ArchTest
  static final ArchRule only_main_exits_and_prints =
      noClasses()
          .that(not(declareAMain()))
          .and()
          .resideOutsideOfPackages("io.hrp.ops.report..")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("a component returns its result: let main exit and the report package print");

  @ArchTest
  static final ArchRule names_say_what_a_class_does =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.hrp.proto.v1..")
          .should()
          .haveNameMatching(".*(Manager|Helper|Util|Utils|Handler|Processor|Impl)")
          .because("such an ending says nothing: name what differs");

  @ArchTest
  static final ArchRule packages_are_named_after_concepts =
      classes()
          .should(resideOutside("util", "utils", "common", "helper", "helpers", "misc"))
          .because("a package is named after what it is about");

  private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaConstructorCall>
      createsAThread() {
    return DescribedPredicate.describe(
        "creates a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class));
  }

  private static DescribedPredicate<JavaClass> declareAMain() {
    return DescribedPredicate.describe(
        "declare a main", type -> type.tryGetMethod("main", String[].class).isPresent());
  }

  private static ArchCondition<JavaMethod> notExposeGeneratedTypes() {
    return new ArchCondition<>("not expose generated types") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
            .filter(type -> type.getPackageName().startsWith("io.hrp.proto.v1"))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getDescription() + " exposes " + type.getName())));
      }
    };
  }

  private static ArchCondition<JavaClass> resideOutside(String... names) {
    return new ArchCondition<>("reside outside of packages without a subject") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String path = "." + type.getPackageName() + ".";
        for (String name : names) {
          if (path.contains("." + name + ".")) {
            events.add(SimpleConditionEvent.violated(type, type.getName() + " lies in " + name));
          }
        }
      }
    };
  }
}
