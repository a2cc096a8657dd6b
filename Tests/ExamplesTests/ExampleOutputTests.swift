import Datasets
import Examples
import Foundation
import Graphs
import Inference
import Tensors
import Testing

/// Networks of the examples against what ONNX Runtime 1.32 makes of the same pictures, and against their INT8 versions.
@Suite struct ExampleOutputTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    /// The arrays of the first pictures, one an output.
    let fixtures: [String]
    /// By how much a number may differ, relative to the largest.
    var tolerance = 1e-4
    /// Every how many rows and columns of planes the array has.
    var step = 1
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "detector", fixtures: ["detector_boxes_first3", "detector_scores_first3"]),
    Case(name: "detector_yolo", fixtures: ["detector_yolo_detections_first3"]),
    Case(name: "segmenter", fixtures: ["segmenter_logits_first2_every8th"], step: 8),
    Case(name: "super_resolution", fixtures: ["super_resolution_upscaled_first2_every4th"], step: 4),
  ]

  @Test(arguments: cases) func `floats are those of ONNX Runtime`(_ testCase: Case) throws {
    let loaded = try LoadedExample(testCase.name)
    for (output, name) in testCase.fixtures.enumerated() {
      let expected = try LoadedExample.fixture(name)
      let found = try loaded.outputs(of: loaded.graph, count: expected.shape[0])
      let size = expected.elementCount / expected.shape[0]
      let limit = testCase.tolerance * max(expected.floats.map { Double(abs($0)) }.max() ?? 0, 1)
      for (picture, tensors) in found.enumerated() {
        let numbers = thinned(tensors[output], testCase.step)
        #expect(numbers.count == size)
        let wanted = expected.floats[picture * size..<(picture + 1) * size]
        let worst = zip(numbers, wanted).map { abs(Double($0) - Double($1)) }.max() ?? .infinity
        #expect(worst <= limit, "\(name), picture \(picture)")
      }
    }
  }

  private func thinned(_ tensor: Tensor, _ step: Int) -> [Float] {
    guard step > 1 else { return tensor.floats }
    let (planes, height, width) = (tensor.shape[1], tensor.shape[2], tensor.shape[3])
    let values = tensor.floats
    var result: [Float] = []
    for plane in 0..<planes {
      for y in stride(from: 0, to: height, by: step) {
        for x in stride(from: 0, to: width, by: step) { result.append(values[(plane * height + y) * width + x]) }
      }
    }
    return result
  }

  @Test(arguments: ExampleCatalog.all.map(\.name)) func `no step is left to the reference`(_ name: String) throws {
    let loaded = try LoadedExample(name)
    for graph in [loaded.graph, try loaded.quantized()] {
      let plan = try ExecutionPlan(graph)
      #expect(plan.steps.filter { $0.kernel == "reference" }.map(\.operation) == [])
    }
  }

  @Test func `segmenter, INT8 and floats, against the masks`() throws {
    let loaded = try LoadedExample("segmenter")
    let (floats, integers) = (try overlap(loaded, loaded.graph), try overlap(loaded, try loaded.quantized()))
    #expect(floats > 0.75 && abs(floats - integers) < 0.01, "\(floats) and \(integers)")
  }

  /// The mean over classes of intersection over union.
  private func overlap(_ loaded: LoadedExample, _ graph: Graph) throws -> Double {
    let outputs = try loaded.outputs(of: graph, count: loaded.validation.samples.count)
    var (right, either) = ([Double](repeating: 0, count: 7), [Double](repeating: 0, count: 7))
    for (sample, tensors) in zip(loaded.validation.samples, outputs) {
      let mask = try #require(sample.annotation?.mask)
      let image = try Image(contentsOfFile: loaded.validation.root + "/" + mask.path, orientation: .stored)
      let (truth, values) = (try mask.classes(of: image), tensors[0].floats)
      for (pixel, wanted) in truth.enumerated() {
        let found = (0..<7).max { values[$0 * truth.count + pixel] < values[$1 * truth.count + pixel] } ?? 0
        for index in Set([found, wanted]) { either[index] += 1 }
        if found == wanted { right[wanted] += 1 }
      }
    }
    return zip(right, either).map { $1 == 0 ? 0 : $0 / $1 }.reduce(0, +) / 7
  }

  @Test func `pictures of twice the size, INT8 and floats, against the large ones`() throws {
    let loaded = try LoadedExample("super_resolution")
    let (floats, integers) = (try ratio(loaded, loaded.graph), try ratio(loaded, try loaded.quantized()))
    #expect(floats > 31.5 && abs(floats - integers) < 0.5, "\(floats) and \(integers) dB")
  }

  /// The mean over pictures of the peak signal-to-noise ratio in decibels.
  private func ratio(_ loaded: LoadedExample, _ graph: Graph) throws -> Double {
    let outputs = try loaded.outputs(of: graph, count: loaded.validation.samples.count)
    let ratios = try zip(loaded.validation.samples, outputs).map { sample, tensors in
      let path = try #require(sample.annotation?.targetPath)
      let target = try Image(contentsOfFile: loaded.validation.root + "/" + path, orientation: .stored)
      let (values, plane) = (tensors[0].floats, target.width * target.height)
      var error = 0.0
      for index in target.pixels.indices {
        let difference = Double(values[index % 3 * plane + index / 3]) - Double(target.pixels[index]) / 255
        error += difference * difference
      }
      return -10 * log10(error / Double(target.pixels.count))
    }
    return ratios.reduce(0, +) / Double(ratios.count)
  }

  @Test(arguments: ["detector", "detector_yolo"])
  func `things found with INT8 are those found with floats, and those that are there`(_ name: String) throws {
    let loaded = try LoadedExample(name)
    let count = loaded.validation.samples.count
    let floats = try loaded.outputs(of: loaded.graph, count: count).map { Found.best(of: $0) }
    let integers = try loaded.outputs(of: try loaded.quantized(), count: count).map { Found.best(of: $0) }
    var (agreeing, right, all) = (0, 0, 0)
    for (sample, (first, second)) in zip(loaded.validation.samples, zip(floats, integers)) {
      all += 1
      if first.label == second.label, first.overlap(with: second) > 0.5 { agreeing += 1 }
      let size = try loaded.validation.load(sample).size
      let isThere = (sample.annotation?.objects ?? []).contains { object in
        // Class 0 of the dataset is the background.
        object.classIndex == second.label + 1 && second.overlap(with: Found(object, of: size)) > 0.5
      }
      if isThere { right += 1 }
    }
    #expect(
      Double(agreeing) / Double(all) > 0.9 && Double(right) / Double(all) > 0.95, "\(agreeing), \(right) of \(all)")
  }
}

/// A box in fractions of the picture, with a class counted without the background.
struct Found {
  let label: Int
  let box: [Double]

  init(_ object: AnnotatedObject, of size: ImageSize) {
    label = object.classIndex - 1
    let (width, height) = (Double(size.width), Double(size.height))
    box = [
      (object.box.left - 1) / width, (object.box.top - 1) / height, object.box.right / width,
      object.box.bottom / height,
    ]
  }

  private init(label: Int, box: [Double]) {
    self.label = label
    self.box = box
  }

  /// The candidate with the highest score.
  static func best(of outputs: [Tensor]) -> Found {
    var (best, score) = (Found(label: -1, box: [0, 0, 0, 0]), -1.0)
    let rows = outputs[0].shape[1]
    let numbers = outputs.map { $0.doubles }
    for row in 0..<rows {
      if outputs.count == 2 {
        for label in 0..<8 where numbers[1][row * 9 + label + 1] > score {
          score = numbers[1][row * 9 + label + 1]
          best = Found(label: label, box: Array(numbers[0][row * 4..<row * 4 + 4]))
        }
      } else {
        let values = Array(numbers[0][row * 13..<row * 13 + 13])
        for label in 0..<8 where values[4] * values[5 + label] > score {
          score = values[4] * values[5 + label]
          let (x, y, width, height) = (values[0] / 96, values[1] / 96, values[2] / 96, values[3] / 96)
          best = Found(label: label, box: [x - width / 2, y - height / 2, x + width / 2, y + height / 2])
        }
      }
    }
    return best
  }

  func overlap(with other: Found) -> Double {
    func area(_ box: [Double]) -> Double { max(box[2] - box[0], 0) * max(box[3] - box[1], 0) }
    let common = area([
      max(box[0], other.box[0]), max(box[1], other.box[1]), min(box[2], other.box[2]), min(box[3], other.box[3]),
    ])
    return common / (area(box) + area(other.box) - common)
  }
}
