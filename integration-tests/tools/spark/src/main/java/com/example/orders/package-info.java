/** The Spark program that docs/producer.md shows, as its users would write it. */
@NullMarked
package com.example.orders;

import org.jspecify.annotations.NullMarked;
