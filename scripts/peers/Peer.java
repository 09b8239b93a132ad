import java.io.*;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;

/** What both peers share: the file of analysed documents, the queries, the clock and the answers written. */
final class Peer {
  /** A document: id, day, status, applicants, subclasses, class keys, tokens of the title and of the whole text. */
  record Doc(String id, int day, String status, String[] applicants, String[] subclasses, String[] classes, String title, String text) {}

  interface Loader {
    void add(Doc doc) throws Exception;
    void endBatch() throws Exception;
  }

  static String[] list(String cell) {
    return cell.isEmpty() ? new String[0] : cell.split("\\|");
  }

  /** Nanoseconds that reading the file took so far in this thread: documents are given, on both sides. */
  private static long reading;
  /** How many times as much all threads compute when documents are read alone: others clear up behind it. */
  private static double readingFactor = 1;
  /** Documents read alone to see that, once to warm up and once to measure. */
  private static final int READ_ALONE = 50_000;
  /** The process's time when loading began. */
  private static long started;

  private static BufferedReader open(String file) throws IOException {
    return new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8), 1 << 20);
  }

  private static Doc parse(String line) {
    String[] c = line.split("\t", -1);
    return new Doc(c[0], Integer.parseInt(c[1]), c[2], list(c[3]), list(c[4]), list(c[5]), c[6], c[7]);
  }

  private static long processTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }

  private static void readAlone(String file) throws Exception {
    int count = 0;
    try (BufferedReader reader = open(file)) {
      for (String line; count < READ_ALONE && (line = reader.readLine()) != null; ) {
        if (!line.isEmpty() && !parse(line).id().isEmpty()) count++;
      }
    }
  }

  private static void measureReading(String file) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    readAlone(file);
    long all = processTime();
    long main = threads.getCurrentThreadCpuTime();
    readAlone(file);
    readingFactor = Math.max(1, (double) (processTime() - all) / (threads.getCurrentThreadCpuTime() - main));
  }

  /** Reads the documents in the order of loading; an empty line ends a batch. */
  static int load(String file, Loader loader) throws Exception {
    measureReading(file);
    started = processTime();
    int count = 0;
    var threads = ManagementFactory.getThreadMXBean();
    try (BufferedReader reader = open(file)) {
      for (;;) {
        long before = threads.getCurrentThreadCpuTime();
        String line = reader.readLine();
        if (line == null) break;
        Doc doc = null;
        if (!line.isEmpty()) doc = parse(line);
        reading += threads.getCurrentThreadCpuTime() - before;
        if (doc == null) {
          loader.endBatch();
          continue;
        }
        loader.add(doc);
        count++;
      }
    }
    return count;
  }

  /** What the process has computed since loading began (all threads, compiling and clearing up included) without the reading. */
  static double cpuSeconds() {
    return (processTime() - started - reading * readingFactor) / 1e9;
  }

  static long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status")))
      if (line.startsWith("VmHWM")) return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
    return 0;
  }

  static List<Map<String, Object>> queries(String file) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      if (line.isBlank()) continue;
      @SuppressWarnings("unchecked") Map<String, Object> query = (Map<String, Object>) new Json(line).value();
      all.add(query);
    }
    return all;
  }

  interface Run {
    Answer go() throws Exception;
  }

  record Answer(long hits, String[] ids) {}

  static final int RUNS = 41;
  static final double BUDGET_MS = 700;

  /** Runs until warm, then measures; one line of JSON for each query and way of asking. */
  static void measure(PrintStream out, String engine, String id, String mode, boolean record, Run run) throws Exception {
    if (!record) {
      long start = System.nanoTime();
      for (int i = 0; i < 5 && System.nanoTime() - start < 300e6; i++) run.go();
      return;
    }
    Answer answer = run.go();
    List<Double> times = new ArrayList<>();
    long start = System.nanoTime();
    while (times.size() < 3 || (times.size() < RUNS && (System.nanoTime() - start) / 1e6 < BUDGET_MS)) {
      long before = System.nanoTime();
      run.go();
      times.add((System.nanoTime() - before) / 1e6);
    }
    Collections.sort(times);
    StringBuilder ids = new StringBuilder();
    for (String one : answer.ids()) ids.append(ids.length() == 0 ? "" : ",").append('"').append(one).append('"');
    out.printf(Locale.ROOT, "{\"engine\":\"%s\",\"id\":\"%s\",\"mode\":\"%s\",\"min\":%.4f,\"p50\":%.4f,\"p95\":%.4f,\"hits\":%d,\"ids\":[%s]}%n",
        engine, id, mode, times.get(0), times.get(times.size() / 2), times.get((int) ((times.size() - 1) * 0.95)), answer.hits(), ids);
  }

  /** Reads one JSON value. */
  static final class Json {
    private final String text;
    private int at;

    Json(String text) {
      this.text = text;
    }

    Object value() {
      char c = text.charAt(at);
      if (c == '{') {
        at++;
        Map<String, Object> map = new LinkedHashMap<>();
        while (text.charAt(at) != '}') {
          if (text.charAt(at) == ',') at++;
          String key = (String) value();
          at++;
          map.put(key, value());
        }
        at++;
        return map;
      }
      if (c == '[') {
        at++;
        List<Object> list = new ArrayList<>();
        while (text.charAt(at) != ']') {
          if (text.charAt(at) == ',') at++;
          else list.add(value());
        }
        at++;
        return list;
      }
      if (c == '"') return string();
      for (String word : List.of("true", "false", "null")) {
        if (!text.startsWith(word, at)) continue;
        at += word.length();
        return word;
      }
      int from = at;
      while (at < text.length() && "-+.eE0123456789".indexOf(text.charAt(at)) >= 0) at++;
      return Long.parseLong(text.substring(from, at));
    }

    private String string() {
      StringBuilder read = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c == '\\') {
          c = text.charAt(++at);
          if (c == 'u') {
            c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
            at += 4;
          }
        }
        read.append(c);
      }
      at++;
      return read.toString();
    }
  }
}
