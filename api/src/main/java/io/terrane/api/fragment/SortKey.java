package io.terrane.api.fragment;

/** Order by the input's column at {@code column}. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
