/** The validator's view of one catalogue snapshot. */
package io.terrane.query.catalog;
