package shop

import io.hrp.producer.spark.SparkPublish
import org.apache.hadoop.hbase.client.Put
import org.apache.hadoop.hbase.util.Bytes
import org.apache.spark.sql.SparkSession

/** Publishes a Dataset; the tasks of an executor share one Kafka producer. */
object PublishOrders {
  private val Family = Bytes.toBytes("a")
  private val Amount = Bytes.toBytes("amount")

  def main(args: Array[String]): Unit = {
    val spark = SparkSession.builder().appName("publish orders").getOrCreate()
    try println(s"published ${publish(spark, args(0))} orders")
    finally spark.stop()
  }

  /** Returns how many mutations were acknowledged. */
  def publish(spark: SparkSession, table: String): Long = {
    import spark.implicits._
    val orders = (0 until 1000).map(number => (f"order-$number%06d", number * 100L)).toDS()
    SparkPublish
      .of(orders)
      .set("hrp.producer.timestamp.policy", "job")
      .to(
        table,
        { case (row, amount) =>
          new Put(Bytes.toBytes(row)).addColumn(Family, Amount, Bytes.toBytes(amount))
        }
      )
      .mutations()
  }
}
