package io.terrane.query.parse;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Which words the grammar knows, and where MySQL sees them differently. */
final class Words {
  /** From here on a statement holds expressions. */
  static final Set<String> STARTS_QUERY =
      Set.of("select", "with", "values", "where", "set", "partition", "on");

  static final Set<String> EXPLAIN = Set.of("explain", "describe", "desc");

  /** Functions whose names the grammar has other uses or a fixed syntax for. */
  static final Set<String> FUNCTIONS =
      words(
          "abs ascii ceil ceiling char char_length character_length coalesce concat convert_tz"
              + " current_date current_role current_time current_timestamp current_user database"
              + " date date_add date_diff date_sub date_trunc datediff datetime datetime_diff"
              + " datetime_trunc day dayname dayofmonth dayofweek dayofyear exp floor format hour"
              + " if insert left ln localtime localtimestamp locate log log10 lower microsecond"
              + " minute mod month monthname nullif octet_length power quarter repeat replace"
              + " reverse right round row_count schema second session_user sqrt system_user time"
              + " time_diff time_trunc timestamp timestamp_diff timestamp_trunc translate truncate"
              + " upper user utc_date utc_time utc_timestamp uuid value values version week year"
              + " json_object json_array json_arrayagg json_exists json_objectagg json_query json_value percentile_cont any"
              + " random rand element cardinality multiset map array period contains equals"
              + " matches regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope"
              + " regr_sxx regr_sxy regr_syy first_value last_value nth_value");

  /** A comma in front of these ends nothing. */
  static final Set<String> ENDS_LIST =
      Set.of("from", "where", "group", "having", "order", "limit", "union");

  /** Units of intervals that the grammar does not know. */
  static final Set<String> OTHER_UNITS =
      words(
          "nanosecond microsecond millisecond second_microsecond minute_microsecond minute_second"
              + " hour_microsecond hour_second hour_minute day_microsecond day_second day_minute"
              + " day_hour year_month");

  /** Functions that may be called without parentheses. */
  static final Set<String> NILADIC =
      words(
          "current_date current_time current_timestamp current_user localtime localtimestamp"
              + " utc_date utc_time utc_timestamp");

  /** Words that the standard reserves and MySQL lets people use for columns. */
  static final Set<String> SOFT =
      words(
          "abs any_value authorization avg begin boolean cardinality catalog ceil ceiling"
              + " classifier clob close coalesce collect commit contains corr count date datetime"
              + " day domain element empty equals every execute exp extend external filter"
              + " floor friday get global hold hour identity import indicator initial intersection"
              + " json_scope language local log lower match_number max measure member merge method"
              + " min minute modifies module monday month multiset nclob new no none normalize"
              + " old omit one open ordinal overlay owner parameter pattern per percent period"
              + " permute portion position power precedes prepare prev qualify quarter ref"
              + " reset result rollback running safe_cast saturday savepoint scope search"
              + " second seek session show sqrt start static stream submultiset subset"
              + " succeeds sum sunday system tablesample thursday time timestamp"
              + " timezone_hour timezone_minute truncate tuesday upper"
              + " upsert user value value_of variant versioning wednesday week without year"
              + " uuid bit blob char_length character_length cluster condition connect"
              + " current_row cycle deallocate deref dynamic each end_frame end_partition"
              + " end_exec frame_row free function fusion hours host last_value"
              + " first_value lag lead ln arrays array asensitive atomic"
              + " begin_frame begin_partition classifier data describe disallow disconnect"
              + " translate translation type types ranking rank row_number dense_rank ntile"
              + " nth_value percent_rank percentile_cont percentile_disc regr_count regr_sxx"
              + " regr_syy referencing relative release return scroll sensitive"
              + " specifictype stddev_pop stddev_samp temporary"
              + " var_pop var_samp whenever width_bucket allocate allow are asymmetric at called"
              + " cascaded corresponding current_catalog current_default_transform_group"
              + " current_path current_transform_group_for_type define exec large like_regex"
              + " match_condition match_recognize matches measures occurrences_regex overlaps"
              + " position_regex returns safe_offset safe_ordinal skip substring_regex symmetric"
              + " system_time translate_regex treat trim_array uescape");

  /** Units of intervals, which are names elsewhere. */
  static final Set<String> UNITS =
      words("microsecond second minute hour day week month quarter year");

  static final Set<String> DECIMALS = words("decimal dec numeric");

  /** Functions whose first argument is a unit. */
  static final Set<String> TAKES_UNIT = words("extract timestampadd timestampdiff");

  /** MySQL's table options that mean nothing here. */
  static final Set<String> TABLE_OPTIONS =
      words(
          "charset collate auto_increment row_format avg_row_length checksum compression"
              + " connection data directory delay_key_write encryption insert_method key_block_size"
              + " max_rows min_rows pack_keys password stats_auto_recalc stats_persistent"
              + " stats_sample_pages tablespace");

  /** Aggregates in whose parentheses the grammar itself reads ORDER BY. */
  static final Set<String> ORDERED_AGGREGATES =
      words("array_agg array_concat_agg group_concat string_agg");

  /** MySQL's words between or before values that the grammar does not know. */
  private static final Set<String> OPERATORS =
      words(
          "regexp div xor distinctrow straight_join high_priority sql_big_result"
              + " sql_buffer_result sql_cache sql_calc_found_rows sql_no_cache sql_small_result");

  private static final Set<String> BEFORE_PARENTHESES =
      words("over as in exists any some all from join select where and or not on using group by");

  private static final Set<String> KEYWORDS = keywords();

  private Words() {}

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Whether no value ends with the word, so that a value may follow it. */
  static boolean isOperator(String word) {
    return isKeyword(word) || OPERATORS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Words in front of a parenthesis that begins no function's arguments. */
  static boolean isGrammar(String folded) {
    return BEFORE_PARENTHESES.contains(folded);
  }

  /** Whether the grammar reads the word as a name as it stands. */
  static boolean isPlain(String word) {
    char first = word.charAt(0);
    if (first >= '0' && first <= '9') {
      return false;
    }
    return word.chars().allMatch(c -> c < 0x80 && c != '$');
  }

  private static Set<String> keywords() {
    Set<String> keywords = new HashSet<>();
    for (String image : TerraneParserImplConstants.tokenImage) {
      if (image.length() > 3 && image.charAt(0) == '"' && Character.isLetter(image.charAt(1))) {
        keywords.add(image.substring(1, image.length() - 1).toLowerCase(Locale.ROOT));
      }
    }
    return Set.copyOf(keywords);
  }

  private static Set<String> words(String list) {
    return Set.copyOf(new HashSet<>(Arrays.asList(list.split(" ", -1))));
  }
}
