import Datasets
import FoundationEssentials
import ModelFormats
import Workspaces

/// What an exported project consists of.
struct ProjectContents {
  let subjects: [ProjectSubject]
  let files: [ProjectFile.Entry]
  /// For the digests of models and the dataset, their paths within the project.
  let places: [String: String]
  let statements: [String]

  /// A model with those that it was made of, and a dataset.
  ///
  /// - Throws: where an INT8 model cannot be written as ONNX; `CancellationError`.
  init(_ model: Model, on loaded: LoadedDataset?, isCancelled: () -> Bool) throws {
    let line = Array(sequence(first: model) { $0.parent })
    var subjects: [ProjectSubject] = []
    var files: [ProjectFile.Entry] = []
    var places: [String: String] = [:]
    var statements: [String] = []
    var labels: String?
    if let names = model.labels {
      labels = "model/labels.txt"
      let text = names.classes.map { ($0.synset.map { "\($0) " } ?? "") + $0.fullName + "\n" }.joined()
      files.append(ProjectFile.Entry("model/labels.txt", .bytes(Array(text.utf8))))
    }
    // The parents first, as they were loaded; of what was made here, the QDQ form that other programs read too.
    for (index, member) in line.reversed().enumerated() {
      let name = index == 0 ? "m" : index == 1 ? "q" : "q\(index)"
      var path = "model/\(member.name).onnx"
      var weights: String?
      if member.parent == nil {
        path = "model/" + Self.fileName(member.source.path)
        files.append(ProjectFile.Entry(path, .file(member.source.path)))
        if let companion = member.source.companionPath {
          let place = "model/" + Self.fileName(companion)
          weights = place
          files.append(ProjectFile.Entry(place, .file(companion)))
        }
      } else {
        let bytes = [UInt8](try ONNXExporter.export(member.graph, producer: ("Octet", OctetVersion.current)))
        files.append(ProjectFile.Entry(path, .bytes(bytes)))
      }
      statements.append(LoadStatement.of(member, as: name, path: path, weights: weights, labels: labels))
      places[member.record.digest] = path
      subjects.append(try ProjectSubjects.subject(member, on: nil, isCancelled: isCancelled))
      if let loaded { subjects.append(try ProjectSubjects.subject(member, on: loaded, isCancelled: isCancelled)) }
    }
    if let loaded {
      files += try Self.pictures(of: loaded.dataset, isCancelled: isCancelled)
      statements.append(LoadStatement.of(loaded.dataset, as: "photos", path: "dataset"))
      for subject in subjects { if let digest = subject.dataset?.digest { places[digest] = "dataset" } }
    }
    var seen: Set<String> = []
    self.subjects = subjects
    self.files = files.filter { seen.insert($0.path).inserted }
    self.places = places
    self.statements = statements
  }

  /// The pictures, with `val.txt` where each has a class, else with the files that tell what is known of them.
  private static func pictures(of dataset: Dataset, isCancelled: () -> Bool) throws -> [ProjectFile.Entry] {
    let pictures = dataset.samples.map { sample in
      ProjectFile.Entry("dataset/\(sample.path)", .file(dataset.filePath(of: sample)))
    }
    guard dataset.samples.allSatisfy({ $0.annotation == nil || $0.classIndex != nil }) else {
      return try pictures
        + dataset.annotationFiles(isCancelled: isCancelled).map { path in
          ProjectFile.Entry("dataset/\(path)", .file(dataset.root + "/" + path))
        }
    }
    let lines = dataset.samples.compactMap { sample in sample.classIndex.map { "\(sample.path) \($0)\n" } }
    return lines.isEmpty ? pictures : pictures + [.init("dataset/val.txt", .bytes(Array(lines.joined().utf8)))]
  }

  private static func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
