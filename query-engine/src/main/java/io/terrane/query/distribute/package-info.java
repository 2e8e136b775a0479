/** What runs where the regions are, and how its results come back. */
package io.terrane.query.distribute;
