import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queries.intervals.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;
import org.apache.lucene.util.*;
import org.apache.lucene.util.packed.PackedInts;

/** Lucene as a peer: `index tsv dir` and `search dir queries out`. */
final class LucenePeer {
  /** Tokens that were made before: blanks between them, a number after U+0002 is a gap, U+0003 stands in the same place. */
  static final class Made extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute step = addAttribute(PositionIncrementAttribute.class);
    private String text = "";
    private int at;

    Made of(String tokens) {
      text = tokens;
      at = 0;
      return this;
    }

    @Override
    public void reset() {
      at = 0;
    }

    @Override
    public boolean incrementToken() {
      clearAttributes();
      int gap = 0;
      while (at < text.length()) {
        int end = text.indexOf(' ', at);
        if (end < 0) end = text.length();
        int from = at;
        at = end + 1;
        if (end == from) continue;
        char first = text.charAt(from);
        if (first == '\u0002') {
          gap += Integer.parseInt(text, from + 1, end, 10);
          continue;
        }
        boolean same = first == '\u0003';
        step.setPositionIncrement(same ? 0 : 1 + gap);
        term.append(text, same ? from + 1 : from, end);
        return true;
      }
      return false;
    }
  }

  static final FieldType TEXT = new FieldType();

  static {
    TEXT.setTokenized(true);
    TEXT.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    TEXT.freeze();
  }

  static void index(String file, String dir) throws Exception {
    IndexWriterConfig config = new IndexWriterConfig(new StandardAnalyzer());
    config.setRAMBufferSizeMB(256);
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    Made title = new Made();
    Made text = new Made();
    long start = System.nanoTime();
    int docs;
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(Path.of(dir)), config)) {
      docs = Peer.load(file, new Peer.Loader() {
        @Override
        public void add(Peer.Doc doc) throws Exception {
          Document made = new Document();
          made.add(new StringField("id", doc.id(), Field.Store.YES));
          made.add(new Field("ti", title.of(doc.title()), TEXT));
          made.add(new Field("tx", text.of(doc.text()), TEXT));
          made.add(new IntPoint("day", doc.day()));
          made.add(new NumericDocValuesField("day", doc.day()));
          made.add(new StringField("status", doc.status(), Field.Store.NO));
          for (String name : doc.applicants()) made.add(new SortedSetDocValuesField("applicant", new BytesRef(name)));
          for (String name : doc.subclasses()) made.add(new SortedSetDocValuesField("subclass", new BytesRef(name)));
          for (String key : doc.classes()) made.add(new StringField("class", key, Field.Store.NO));
          made.add(new StoredField("source", doc.text()));
          writer.updateDocument(new Term("id", doc.id()), made);
        }

        @Override
        public void endBatch() throws Exception {
          writer.commit();
        }
      });
      writer.commit();
    }
    long bytes = 0;
    long stored = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(dir))) {
      for (Path one : files) {
        String name = one.getFileName().toString();
        if (name.endsWith(".fdt") || name.endsWith(".fdx") || name.endsWith(".fdm")) stored += Files.size(one);
        else bytes += Files.size(one);
      }
    }
    System.out.printf(Locale.ROOT, "{\"docs\":%d,\"seconds\":%.2f,\"cpu\":%.2f,\"bytes\":%d,\"stored\":%d,\"rss\":%d}%n",
        docs, (System.nanoTime() - start) / 1e9, Peer.cpuSeconds(), bytes, stored, Peer.residentMegabytes());
  }

  @SuppressWarnings("unchecked")
  static Query query(Object node) {
    Map<String, Object> map = (Map<String, Object>) node;
    String field = (String) map.get("f");
    switch ((String) map.get("t")) {
      case "all":
        return new MatchAllDocsQuery();
      case "term":
        return new TermQuery(new Term(field, (String) map.get("v")));
      case "prefix":
        return new PrefixQuery(new Term(field, (String) map.get("v")));
      case "suffix":
        return new WildcardQuery(new Term(field, "*" + map.get("v")));
      case "key":
        return new TermQuery(new Term(field, (String) map.get("v")));
      case "days":
        return IntPoint.newRangeQuery("day", ((Long) map.get("lo")).intValue(), ((Long) map.get("hi")).intValue());
      case "phrase": {
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        List<Object> words = (List<Object>) map.get("v");
        List<Object> offsets = (List<Object>) map.get("o");
        for (int i = 0; i < words.size(); i++)
          phrase.add(new Term(field, (String) words.get(i)), ((Long) offsets.get(i)).intValue());
        return phrase.build();
      }
      case "near": {
        List<Object> words = (List<Object>) map.get("v");
        IntervalsSource both = Intervals.unorderedNoOverlaps(Intervals.term((String) words.get(0)), Intervals.term((String) words.get(1)));
        IntervalsSource close = Intervals.maxgaps(((Long) map.get("n")).intValue() - 1, both);
        String border = (String) map.get("within");
        if (border == null) return new IntervalQuery(field, close);
        // What the border begins and the word before it: both lie between two words on its two sides.
        IntervalsSource crossing = Intervals.extend(Intervals.term(border), 1, 0);
        return new IntervalQuery(field, Intervals.notContaining(close, crossing));
      }
      case "and": {
        BooleanQuery.Builder and = new BooleanQuery.Builder();
        for (Object clause : (List<Object>) map.get("c")) {
          Map<String, Object> one = (Map<String, Object>) clause;
          String kind = (String) one.get("t");
          if (kind.equals("not")) and.add(query(one.get("a")), BooleanClause.Occur.MUST_NOT);
          else if (kind.equals("key") || kind.equals("days")) and.add(query(one), BooleanClause.Occur.FILTER);
          else and.add(query(one), BooleanClause.Occur.MUST);
        }
        return and.build();
      }
      case "or": {
        BooleanQuery.Builder or = new BooleanQuery.Builder();
        for (Object clause : (List<Object>) map.get("c")) or.add(query(clause), BooleanClause.Occur.SHOULD);
        return or.build();
      }
      default:
        throw new IllegalArgumentException((String) map.get("t"));
    }
  }

  private final IndexSearcher searcher;
  private final StoredFields stored;
  private final Map<String, OrdinalMap> ordinals = new HashMap<>();

  LucenePeer(DirectoryReader reader) throws IOException {
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null);
    stored = searcher.storedFields();
    for (String field : List.of("applicant", "subclass")) {
      List<SortedSetDocValues> all = new ArrayList<>();
      for (LeafReaderContext leaf : reader.leaves()) all.add(DocValues.getSortedSet(leaf.reader(), field));
      ordinals.put(field, OrdinalMap.build(null, all.toArray(new SortedSetDocValues[0]), PackedInts.FAST));
    }
  }

  /** The best ten; ids are read after the clock stops. */
  Peer.Answer top(Query query, int counted) throws IOException {
    TopDocs found = searcher.search(query, new TopScoreDocCollectorManager(10, null, counted));
    last = found;
    return new Peer.Answer(found.totalHits.value(), NONE);
  }

  Peer.Answer topAndCount(Query query) throws IOException {
    last = searcher.search(query, new TopScoreDocCollectorManager(10, null, 10));
    return new Peer.Answer(searcher.count(query), NONE);
  }

  Peer.Answer newest(Query query) throws IOException {
    Sort sort = new Sort(new SortField("day", SortField.Type.INT, true));
    last = searcher.search(query, new TopFieldCollectorManager(sort, 10, null, Integer.MAX_VALUE));
    return new Peer.Answer(last.totalHits.value(), NONE);
  }

  static final String[] NONE = {};
  private TopDocs last;

  private static final int TIES = 1000;

  /** The best ten and all that score as much as the tenth. */
  String[] bestIds(Query query) throws IOException {
    ScoreDoc[] found = searcher.search(query, new TopScoreDocCollectorManager(TIES, null, TIES)).scoreDocs;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < found.length && (i < 10 || found[i].score >= found[9].score * (1 - 1e-6f)); i++)
      ids.add(stored.document(found[i].doc, Set.of("id")).get("id"));
    return ids.toArray(new String[0]);
  }

  static final int FIRST_YEAR = 1800;
  static final int YEARS = 300;

  /** Counts of values over all hits: by `field`, by year, or by both. */
  Peer.Answer facet(Query query, String field, boolean byYear) throws IOException {
    OrdinalMap map = field == null ? null : ordinals.get(field);
    int width = byYear ? YEARS : 1;
    int[] counts = new int[(map == null ? 1 : (int) map.getValueCount()) * width];
    long[] hits = {0};
    searcher.search(query, new SimpleCollector() {
      private SortedSetDocValues values;
      private NumericDocValues days;
      private org.apache.lucene.util.LongValues global;

      @Override
      protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
        if (map != null) {
          values = DocValues.getSortedSet(leaf.reader(), field);
          global = map.getGlobalOrds(leaf.ord);
        }
        if (byYear) days = DocValues.getNumeric(leaf.reader(), "day");
      }

      @Override
      public void collect(int doc) throws IOException {
        hits[0]++;
        int year = byYear && days.advanceExact(doc) ? Math.max(0, (int) (days.longValue() / 10000) - FIRST_YEAR) : 0;
        if (map == null) {
          counts[year]++;
          return;
        }
        if (!values.advanceExact(doc)) return;
        for (int left = values.docValueCount(); left > 0; left--)
          counts[(int) global.get(values.nextOrd()) * width + year]++;
      }

      @Override
      public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
      }
    });
    java.util.PriorityQueue<Long> best = new java.util.PriorityQueue<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) continue;
      best.add(((long) counts[i] << 32) | i);
      if (best.size() > 20) best.poll();
    }
    return new Peer.Answer(hits[0], NONE);
  }

  static void search(String dir, String queriesFile, String outFile) throws Exception {
    try (DirectoryReader reader = DirectoryReader.open(MMapDirectory.open(Path.of(dir)));
        PrintStream out = new PrintStream(new FileOutputStream(outFile), true, "UTF-8")) {
      LucenePeer peer = new LucenePeer(reader);
      List<Map<String, Object>> queries = Peer.queries(queriesFile);
      for (int pass = 0; pass < 3; pass++) {
        boolean record = pass == 2;
        for (Map<String, Object> one : queries) {
          String id = (String) one.get("id");
          String mode = (String) one.get("mode");
          Query query = query(one.get("peer"));
          switch (mode) {
            case "top" -> {
              Peer.measure(out, "lucene", id, "top", record, () -> peer.top(query, Integer.MAX_VALUE));
              if (record) {
                String[] ids = peer.bestIds(query);
                Peer.measure(out, "lucene", id, "ids", true, () -> new Peer.Answer(0, ids));
              }
              Peer.measure(out, "lucene", id, "capped+count", record, () -> peer.topAndCount(query));
              Peer.measure(out, "lucene", id, "capped", record, () -> peer.top(query, 1000));
              Peer.measure(out, "lucene", id, "count", record, () -> new Peer.Answer(peer.searcher.count(query), NONE));
            }
            case "newest" -> Peer.measure(out, "lucene", id, mode, record, () -> peer.newest(query));
            case "facet year" -> Peer.measure(out, "lucene", id, mode, record, () -> peer.facet(query, null, true));
            case "facet applicant" -> Peer.measure(out, "lucene", id, mode, record, () -> peer.facet(query, "applicant", false));
            case "facet subclass" -> Peer.measure(out, "lucene", id, mode, record, () -> peer.facet(query, "subclass", false));
            case "table" -> Peer.measure(out, "lucene", id, mode, record, () -> peer.facet(query, "applicant", true));
            default -> throw new IllegalArgumentException(mode);
          }
        }
      }
      System.out.printf("{\"version\":\"%s\",\"java\":\"%s\",\"segments\":%d,\"docs\":%d,\"deleted\":%d,\"rss\":%d}%n",
          org.apache.lucene.util.Version.LATEST, System.getProperty("java.version"), reader.leaves().size(), reader.numDocs(), reader.numDeletedDocs(), Peer.residentMegabytes());
    }
  }

  public static void main(String[] args) throws Exception {
    if (args[0].equals("index")) index(args[1], args[2]);
    else search(args[1], args[2], args[3]);
  }
}
