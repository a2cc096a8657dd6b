import Datasets
import Evaluation
import FoundationEssentials
import GraphArchives

/// Predictions in the terms of a task as bytes, exactly.
enum TaskPredictionBytes {
  private enum Kind: Int {
    case scores, detections, classes, picture, landmarks, embedding
  }

  /// For each picture of a part of a dataset, why it was skipped or an empty text; then what is said of the others.
  static func encode(_ predictions: TaskPredictions, _ part: Dataset) -> Data {
    let reasons = Dictionary(predictions.skipped.map { ($0.path, $0.reason) }, uniquingKeysWith: { first, _ in first })
    var writer = ByteWriter()
    writer.write(part.samples.count)
    for sample in part.samples { writer.write(reasons[sample.path] ?? "") }
    for item in predictions.items {
      writer.write(item.size.width)
      writer.write(item.size.height)
      write(item.prediction, to: &writer)
    }
    return writer.bytes
  }

  /// What `encode` wrote of the same part; nil for anything else.
  static func decode(_ data: Data, _ part: Dataset) -> TaskPredictions? {
    var reader = ByteReader(data)
    guard let count = try? reader.count(), count == part.samples.count else { return nil }
    var samples: [Sample] = []
    var skipped: [DatasetProblem] = []
    for sample in part.samples {
      guard let reason = try? reader.text() else { return nil }
      if reason.isEmpty { samples.append(sample) } else { skipped.append(.init(path: sample.path, reason: reason)) }
    }
    var items: [TaskPredictions.Item] = []
    for _ in samples {
      guard let width = try? reader.integer(), let height = try? reader.integer(),
        let prediction = try? prediction(&reader)
      else { return nil }
      items.append(.init(size: ImageSize(width: width, height: height), prediction: prediction))
    }
    return reader.isAtEnd ? TaskPredictions(samples: samples, items: items, skipped: skipped) : nil
  }

  private static func write(_ prediction: TaskPrediction, to writer: inout ByteWriter) {
    switch prediction {
    case .scores(let values):
      writer.write(Kind.scores.rawValue)
      writer.write(values)
    case .embedding(let values):
      writer.write(Kind.embedding.rawValue)
      writer.write(values)
    case .detections(let found):
      writer.write(Kind.detections.rawValue)
      writer.write(found.count)
      for detection in found {
        writer.write(detection.classIndex)
        for number in [
          detection.score, detection.box.left, detection.box.top, detection.box.right, detection.box.bottom,
        ] { writer.write(number) }
      }
    case .classes(let map):
      writer.write(Kind.classes.rawValue)
      writer.write(map.size.width)
      writer.write(map.size.height)
      writer.write(map.runs.count)
      for run in map.runs {
        writer.write(run.classIndex)
        writer.write(run.length)
      }
    case .picture(let picture):
      writer.write(Kind.picture.rawValue)
      writer.write(picture.size.width)
      writer.write(picture.size.height)
      writer.write(Data(picture.pixels))
    case .landmarks(let points):
      writer.write(Kind.landmarks.rawValue)
      writer.write(points.count)
      for point in points {
        writer.write(point.x)
        writer.write(point.y)
      }
    }
  }

  private static func prediction(_ reader: inout ByteReader) throws -> TaskPrediction? {
    switch Kind(rawValue: try reader.integer()) {
    case .scores: return .scores(try reader.floats())
    case .embedding: return .embedding(try reader.floats())
    case .detections:
      var found: [Detection] = []
      for _ in 0..<(try reader.count()) {
        let index = try reader.integer()
        let score = try reader.double()
        let box = BoundingBox(
          left: try reader.double(), top: try reader.double(), right: try reader.double(), bottom: try reader.double())
        found.append(Detection(classIndex: index, score: score, box: box))
      }
      return .detections(found)
    case .classes:
      let size = ImageSize(width: try reader.integer(), height: try reader.integer())
      var runs: [ClassMap.Run] = []
      for _ in 0..<(try reader.count()) {
        runs.append(.init(classIndex: try reader.integer(), length: try reader.integer()))
      }
      return ClassMap(runs: runs, size: size).map(TaskPrediction.classes)
    case .picture:
      let size = ImageSize(width: try reader.integer(), height: try reader.integer())
      return .picture(try Image(size: size, pixels: [UInt8](try reader.data())))
    case .landmarks:
      var points: [ImagePoint] = []
      for _ in 0..<(try reader.count()) { points.append(ImagePoint(x: try reader.double(), y: try reader.double())) }
      return .landmarks(points)
    case nil: return nil
    }
  }
}
