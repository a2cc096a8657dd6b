extension ImageFolder {
  /// The pictures below some folder by their path in it without the extension; empty where there is none.
  func imagesByStem(below folder: String) -> [String: String] {
    let prefix = folder.isEmpty ? "" : folder + "/"
    let inside = images.filter { $0.hasPrefix(prefix) }
    return Dictionary(
      inside.map { (String($0.dropFirst(prefix.count)).stem, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Folders in which one of some names lies, relative to the root, the name itself left off; empty for the root.
  func parents(ofFolder name: String) -> Set<String> {
    var found: Set<String> = []
    for path in images + documents {
      let parts = path.split(separator: "/").dropLast()
      for (index, part) in parts.enumerated() where part.lowercased() == name.lowercased() {
        found.insert(parts.prefix(index).joined(separator: "/"))
      }
    }
    return found
  }

  /// The name of a folder in the root, as it is written there; nil where there is none with pictures.
  func topFolder(_ name: String) -> String? {
    images.lazy.compactMap { $0.split(separator: "/", maxSplits: 1).count == 2 ? $0.split(separator: "/").first : nil }
      .first { $0.lowercased() == name.lowercased() }.map(String.init)
  }

  /// The pictures of one folder with those of the same names in another, extensions aside.
  ///
  /// - Parameter missing: what the others are, for problems.
  func matched(
    _ first: String, _ second: String, missing: String
  ) -> (found: [(String, String)], problems: [DatasetProblem]) {
    let others = imagesByStem(below: second)
    let ours = imagesByStem(below: first)
    var found: [(String, String)] = []
    var problems: [DatasetProblem] = []
    for (stem, path) in ours.sorted(by: { $0.value < $1.value }) {
      if let other = others[stem] {
        found.append((path, other))
      } else {
        problems.append(DatasetProblem(path: path, reason: "has no \(missing) in \(second) and is left out"))
      }
    }
    for (stem, path) in others.sorted(by: { $0.value < $1.value }) where ours[stem] == nil {
      problems.append(DatasetProblem(path: path, reason: "belongs to no picture in \(first)"))
    }
    return (found, problems)
  }

  /// The lines of a text in the folder.
  func lines(of path: String) throws(DatasetError) -> [String] { try RegularFile.lines(atPath: root + "/" + path) }
}

extension String {
  /// A path without the extension of its last part.
  var stem: String {
    guard let point = lastIndex(of: "."), !self[point...].contains("/") else { return self }
    return String(self[..<point])
  }

  /// Two parts of a path together; the second alone where the first is empty.
  func joined(_ part: String) -> String { isEmpty ? part : self + "/" + part }
}
