/// Labeled Faces in the Wild: folders of persons, and pairs of pictures that show the same person or not.
public enum LFWDataset: DatasetFormat {
  /// What users call the format.
  public static let name = "lfw"
  /// The name as the field writes it.
  public static let title = "LFW"
  /// What such a folder looks like.
  public static let summary = "folders of persons and pairs.txt"
  /// As the pictures are stored.
  public static let orientation = PictureOrientation.stored

  /// Whether the pairs are there.
  public static func recognises(_ folder: ImageFolder) -> Bool {
    file("pairs.txt", in: folder) != nil && folder.images.contains { $0.contains("/") }
  }

  /// The pictures that pairs name.
  ///
  /// - Throws: `DatasetError.unsupportedFormat` without the pairs, `noImages` if none of the pictures is there.
  public static func read(_ folder: ImageFolder) throws(DatasetError) -> DatasetContents {
    guard let text = file("pairs.txt", in: folder) else {
      throw DatasetError(
        .unsupportedFormat, "the folder has no pairs.txt, as the format lfw wants",
        remedy: "add it, or leave format: out", file: folder.root)
    }
    let images = ImageLookup(folder)
    var problems: [DatasetProblem] = []
    var (pairs, persons): ([SamplePair], [String: String]) = ([], [:])
    for (index, line) in try folder.lines(of: text).enumerated() where !line.trimmed.isEmpty {
      let fields = line.split(whereSeparator: \.isWhitespace).map(String.init)
      // The number of folds and of pairs in each, or the number of pairs.
      if index == 0, fields.count <= 2, fields.allSatisfy({ Int($0) != nil }) { continue }
      do throws(Fault) {
        let (first, second, isSame) = try names(fields)
        let paths = try [first, second].map { (face) throws(Fault) in
          let name = "\(face.person)/\(face.person)_\(face.number)"
          guard let path = images.path(of: name + ".jpg") ?? images.path(of: name + ".png") else {
            throw Fault(reason: "names “\(name).jpg”, which is not in the folder")
          }
          persons[path] = face.person
          return path
        }
        pairs.append(SamplePair(paths[0], paths[1], isSame: isSame))
      } catch {
        problems.append(DatasetProblem(path: text, line: index + 1, reason: error.reason))
      }
    }
    guard !pairs.isEmpty else {
      throw DatasetError(
        .noImages, "no line of \(text) names two pictures in the folder" + (problems.first.map { " (\($0))" } ?? ""),
        file: folder.root)
    }
    let numbers = Dictionary(
      Set(persons.values).sorted().enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let points = try landmarks(in: folder, &problems)
    let samples = persons.map { path, person in
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return Sample(path: path, annotation: Annotation(landmarks: points[name], identity: numbers[person]))
    }
    return DatasetContents(samples: samples, problems: problems, pairs: pairs)
  }

  private struct Fault: Error { let reason: String }

  private struct Face {
    let person: String
    /// Four digits.
    let number: String

    init?(_ person: String, _ number: String) {
      guard let value = Int(number), (1...9999).contains(value), !person.contains("/") else { return nil }
      self.person = person
      self.number = String(repeating: "0", count: 4 - String(value).count) + String(value)
    }
  }

  /// `Person 1 4` is the same person, `Person 1 Other 2` are two.
  private static func names(_ fields: [String]) throws(Fault) -> (Face, Face, isSame: Bool) {
    if fields.count == 3, let first = Face(fields[0], fields[1]), let second = Face(fields[0], fields[2]) {
      return (first, second, true)
    }
    if fields.count == 4, let first = Face(fields[0], fields[1]), let second = Face(fields[2], fields[3]) {
      return (first, second, fields[0] == fields[2])
    }
    throw Fault(reason: "is not of the form “person 1 2” or “person 1 other 2”")
  }

  /// The points of faces by the picture's name, where there is a file of them.
  private static func landmarks(
    in folder: ImageFolder, _ problems: inout [DatasetProblem]
  ) throws(DatasetError) -> [String: [ImagePoint]] {
    guard let text = file("landmarks.txt", in: folder) else { return [:] }
    var points: [String: [ImagePoint]] = [:]
    for (index, line) in try folder.lines(of: text).enumerated() where !line.trimmed.isEmpty {
      let fields = line.split(whereSeparator: \.isWhitespace).map(String.init)
      let numbers = fields.dropFirst().compactMap { Double($0) }.filter(\.isFinite)
      guard fields.count == 11, numbers.count == 10 else {
        problems.append(DatasetProblem(path: text, line: index + 1, reason: "is not a name and 10 numbers"))
        continue
      }
      let name = fields[0].split(separator: "/").last.map(String.init) ?? fields[0]
      points[name] = stride(from: 0, to: 10, by: 2).map { ImagePoint(x: numbers[$0], y: numbers[$0 + 1]) }
    }
    return points
  }

  private static func file(_ name: String, in folder: ImageFolder) -> String? {
    folder.documents.first { $0 == name || $0.hasSuffix("/" + name) }
  }
}
