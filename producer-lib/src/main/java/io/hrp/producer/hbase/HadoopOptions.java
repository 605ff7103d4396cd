package io.hrp.producer.hbase;

import io.hrp.control.config.Secrets;
import io.hrp.producer.api.InvalidOptionsException;
import io.hrp.producer.api.PublisherOptions;
import io.hrp.producer.config.FlatOptions;
import io.hrp.producer.config.PublisherKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProvider.CredentialEntry;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a publisher's options out of Hadoop's configuration, and its secrets from where they are
 * safe.
 *
 * <p>A job's configuration is readable by everyone who may see the job. So Kafka's secrets come
 * from the credential providers of {@code hadoop.security.credential.provider.path}, under aliases
 * equal to the keys ({@code hrp.producer.kafka.sasl.jaas.config}), or from the file that {@code
 * hrp.producer.kafka-config-file} names on each machine. A provider's value wins over the
 * configuration's, and that over the file's.
 */
public final class HadoopOptions {
  private static final Logger log = LoggerFactory.getLogger(HadoopOptions.class);

  /** A process reads its configuration once for each task, and says so once for each key. */
  private static final Set<String> warned = ConcurrentHashMap.newKeySet();

  private HadoopOptions() {}

  /**
   * A builder filled from the keys {@code hrp.producer.*}; all others are left alone.
   *
   * @throws InvalidOptionsException with every unknown key and every wrong value, or if a
   *     credential provider cannot be read
   */
  public static PublisherOptions.Builder read(Configuration configuration) {
    Map<String, String> flat = flat(configuration);
    flat.keySet().stream().filter(HadoopOptions::isSecret).forEach(HadoopOptions::warn);
    flat.putAll(secrets(configuration));
    String jobId = configuration.get("mapreduce.job.id");
    // Only a task of YARN's has a process of its own: an executor of Spark's runs many jobs, and
    // they are to share one publisher.
    if (jobId != null && configuration.get("mapreduce.job.application.attempt.id") != null) {
      flat.putIfAbsent(PublisherKey.WRITER.key(), jobId);
    }
    return FlatOptions.read(flat);
  }

  /** Our keys, with Hadoop's variables resolved. */
  static Map<String, String> flat(Configuration configuration) {
    Map<String, String> flat = new TreeMap<>();
    for (Map.Entry<String, String> entry : configuration) {
      if (entry.getKey().startsWith(PublisherKey.PREFIX)) {
        String value = configuration.get(entry.getKey());
        if (value != null) {
          flat.put(entry.getKey(), value);
        }
      }
    }
    return flat;
  }

  private static boolean isSecret(String key) {
    return key.startsWith(PublisherKey.KAFKA_PREFIX) && Secrets.isSecret(key);
  }

  private static void warn(String key) {
    if (warned.add(key)) {
      log.warn(
          "a secret stands in the configuration, where everyone who may see the job can read it;"
              + " move it to a credential provider ({}) or to the file of '{}' key={}",
          CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH,
          PublisherKey.KAFKA_CONFIG_FILE.key(),
          key);
    }
  }

  private static Map<String, String> secrets(Configuration configuration) {
    Map<String, String> secrets = new TreeMap<>();
    String path = configuration.get(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH);
    if (path == null) {
      return secrets;
    }
    try {
      for (CredentialProvider provider : CredentialProviderFactory.getProviders(configuration)) {
        for (String alias : provider.getAliases()) {
          if (alias.startsWith(PublisherKey.KAFKA_PREFIX)) {
            CredentialEntry entry = provider.getCredentialEntry(alias);
            // The first provider that has an alias wins, as in Configuration.getPassword.
            secrets.putIfAbsent(alias, new String(entry.getCredential()));
          }
        }
      }
      return secrets;
    } catch (IOException e) {
      throw new InvalidOptionsException(
          List.of(
              "cannot read the credential providers of '"
                  + CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH
                  + "', which is '"
                  + path
                  + "': "
                  + e.getMessage()),
          e);
    }
  }
}
