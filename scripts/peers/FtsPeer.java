import java.io.*;
import java.sql.*;
import java.util.*;

/** SQLite FTS5 as a peer: `index tsv db` and `search db queries out`. */
final class FtsPeer {
  /** Stands between two values so that no phrase crosses; FTS5 has no gaps. */
  private static final String GAP = " zzgapzz".repeat(8);

  private static String tokens(String made) {
    return made.replaceAll("\u0002\\d+", GAP).replace("\u0003", "");
  }

  private static Connection open(String file) throws SQLException {
    Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement set = db.createStatement()) {
      set.execute("pragma journal_mode=WAL");
      set.execute("pragma synchronous=NORMAL");
      set.execute("pragma cache_size=-500000");
      set.execute("pragma mmap_size=30000000000");
    }
    return db;
  }

  static void index(String file, String path) throws Exception {
    long start = System.nanoTime();
    int docs;
    try (Connection db = open(path)) {
      try (Statement make = db.createStatement()) {
        make.execute("create virtual table ft using fts5(ti,tx,keys,content='',contentless_delete=1,tokenize=\"unicode61 remove_diacritics 0 tokenchars ':/'\")");
        make.execute("create table doc(id integer primary key,name text unique,day int)");
      }
      db.setAutoCommit(false);
      PreparedStatement find = db.prepareStatement("select id from doc where name=?");
      PreparedStatement drop = db.prepareStatement("delete from ft where rowid=?");
      PreparedStatement doc = db.prepareStatement("insert or replace into doc(id,name,day) values(?,?,?)");
      PreparedStatement text = db.prepareStatement("insert into ft(rowid,ti,tx,keys) values(?,?,?,?)");
      int[] next = {0};
      docs = Peer.load(file, new Peer.Loader() {
        @Override
        public void add(Peer.Doc one) throws Exception {
          find.setString(1, one.id());
          int row;
          try (ResultSet held = find.executeQuery()) {
            row = held.next() ? held.getInt(1) : 0;
          }
          if (row > 0) {
            drop.setInt(1, row);
            drop.execute();
          } else row = ++next[0];
          doc.setInt(1, row);
          doc.setString(2, one.id());
          doc.setInt(3, one.day());
          doc.execute();
          StringBuilder keys = new StringBuilder("st:" + one.status());
          for (String key : one.classes()) keys.append(" cl:").append(key.toLowerCase(Locale.ROOT));
          text.setInt(1, row);
          text.setString(2, tokens(one.title()));
          text.setString(3, tokens(one.text()));
          text.setString(4, keys.toString());
          text.execute();
        }

        @Override
        public void endBatch() throws Exception {
          db.commit();
        }
      });
      db.commit();
      db.setAutoCommit(true);
      try (Statement finish = db.createStatement()) {
        finish.execute("create index doc_day on doc(day)");
        finish.execute("pragma wal_checkpoint(TRUNCATE)");
      }
    }
    System.out.printf(Locale.ROOT, "{\"docs\":%d,\"seconds\":%.2f,\"cpu\":%.2f,\"bytes\":%d,\"rss\":%d}%n",
        docs, (System.nanoTime() - start) / 1e9, Peer.cpuSeconds(), new File(path).length(), Peer.residentMegabytes());
  }

  private static String quoted(Object word) {
    return "\"" + String.valueOf(word).replace("\"", "\"\"") + "\"";
  }

  /** The query in FTS5's language; null for what it has no words for. */
  @SuppressWarnings("unchecked")
  static String match(Object node) {
    Map<String, Object> map = (Map<String, Object>) node;
    String field = (String) map.get("f");
    switch ((String) map.get("t")) {
      case "term":
        return field + ":" + quoted(map.get("v"));
      case "key":
        return "keys:" + quoted((field.equals("class") ? "cl:" : "st:") + String.valueOf(map.get("v")).toLowerCase(Locale.ROOT));
      case "prefix":
        return field + ":" + quoted(map.get("v")) + "*";
      case "phrase": {
        List<Object> words = (List<Object>) map.get("v");
        StringBuilder text = new StringBuilder();
        for (Object word : words) text.append(text.length() == 0 ? "" : " ").append(word);
        List<Object> offsets = (List<Object>) map.get("o");
        for (int i = 0; i < offsets.size(); i++) if ((Long) offsets.get(i) != i) return null;
        return field + ":" + quoted(text);
      }
      case "near": {
        List<Object> words = (List<Object>) map.get("v");
        if ((Long) map.get("n") > 100) return null;
        return field + ":NEAR(" + quoted(words.get(0)) + " " + quoted(words.get(1)) + ", " + ((Long) map.get("n") - 1) + ")";
      }
      case "and": {
        StringBuilder yes = new StringBuilder();
        List<String> no = new ArrayList<>();
        for (Object clause : (List<Object>) map.get("c")) {
          Map<String, Object> one = (Map<String, Object>) clause;
          boolean not = one.get("t").equals("not");
          String text = match(not ? one.get("a") : one);
          if (text == null) return null;
          if (not) no.add(text);
          else yes.append(yes.length() == 0 ? "" : " AND ").append(text);
        }
        String all = "(" + yes + ")";
        for (String one : no) all = "(" + all + " NOT " + one + ")";
        return all;
      }
      case "or": {
        StringBuilder any = new StringBuilder();
        for (Object clause : (List<Object>) map.get("c")) {
          String text = match(clause);
          if (text == null) return null;
          any.append(any.length() == 0 ? "" : " OR ").append(text);
        }
        return "(" + any + ")";
      }
      default:
        return null;
    }
  }

  static void search(String path, String queriesFile, String outFile) throws Exception {
    try (Connection db = open(path); PrintStream out = new PrintStream(new FileOutputStream(outFile), true, "UTF-8")) {
      PreparedStatement best = db.prepareStatement("select rowid from ft where ft match ? order by rank limit 10");
      PreparedStatement count = db.prepareStatement("select count(*) from ft where ft match ?");
      PreparedStatement newest = db.prepareStatement("select ft.rowid from ft cross join doc on doc.id=ft.rowid where ft match ? order by day desc limit 10");
      for (Map<String, Object> one : Peer.queries(queriesFile)) {
        String mode = (String) one.get("mode");
        String text = match(one.get("peer"));
        if (text == null || mode.startsWith("facet") || mode.equals("table")) continue;
        String id = (String) one.get("id");
        if (mode.equals("top")) Peer.measure(out, "fts5", id, "top", true, () -> ask(best, count, text));
        if (mode.equals("top")) Peer.measure(out, "fts5", id, "count", true, () -> ask(null, count, text));
        if (mode.equals("newest")) Peer.measure(out, "fts5", id, mode, true, () -> ask(newest, count, text));
      }
      try (Statement version = db.createStatement(); ResultSet row = version.executeQuery("select sqlite_version()")) {
        System.out.printf("{\"version\":\"%s\",\"rss\":%d}%n", row.next() ? row.getString(1) : "", Peer.residentMegabytes());
      }
    }
  }

  private static Peer.Answer ask(PreparedStatement list, PreparedStatement count, String text) throws SQLException {
    if (list != null) {
      list.setString(1, text);
      try (ResultSet rows = list.executeQuery()) {
        while (rows.next()) rows.getInt(1);
      }
    }
    count.setString(1, text);
    try (ResultSet row = count.executeQuery()) {
      return new Peer.Answer(row.next() ? row.getLong(1) : 0, new String[0]);
    }
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("index")) index(args[1], args[2]);
    else search(args[1], args[2], args[3]);
  }
}
