/** The programs that docs/producer.md shows, as their users would write them. */
@NullMarked
package com.example.orders;

import org.jspecify.annotations.NullMarked;
