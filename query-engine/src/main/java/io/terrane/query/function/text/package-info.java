/** Searching texts by terms. */
package io.terrane.query.function.text;
