/** SQL types of the validator, of ours and of Arrow: the one place that maps them. */
package io.terrane.query.type;
