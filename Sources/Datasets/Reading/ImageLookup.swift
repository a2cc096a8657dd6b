/// The pictures of a folder by their path, or by the end of it where only one has that end.
struct ImageLookup {
  private let paths: Set<String>
  private let byName: [String: [String]]

  init(_ folder: ImageFolder) {
    paths = Set(folder.images)
    byName = Dictionary(grouping: folder.images) { $0.split(separator: "/").last.map(String.init) ?? $0 }
  }

  /// The path of a picture whose path ends as written; nil where there is none, or where several do.
  func path(of written: String) -> String? {
    if paths.contains(written) { return written }
    let name = written.split(separator: "/").last.map(String.init) ?? written
    let candidates = (byName[name] ?? []).filter { $0.hasSuffix("/" + written) }
    return candidates.count == 1 ? candidates[0] : nil
  }
}

extension String {
  /// The text without white space around it.
  var trimmed: String {
    var text = self[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
