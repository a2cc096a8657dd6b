import Graphs
import Tensors

/// Parts of a tensor.
enum IRSlice: IRLayerReader, IRNodeWriter {
  static let types = ["Slice", "StridedSlice"]

  static func read(_ layer: IRLayer, into builder: inout IRGraphBuilder) throws(ModelFormatError) {
    let input = try builder.input(0)
    var starts = try builder.integers(1, "starts")
    var ends = try builder.integers(2, "ends")
    var steps = builder.inputCount > 3 ? try builder.integers(3, "steps") : starts.map { _ in 1 }
    var axes = Array(0..<Int64(starts.count))
    if layer.type == "Slice" {
      if builder.inputCount > 4 { axes = try builder.integers(4, "axes") }
    } else {
      for name in ["new_axis_mask", "shrink_axis_mask", "ellipsis_mask"] {
        guard try layer.integers(name, default: []).allSatisfy({ $0 == 0 }) else {
          throw layer.error(.unsupportedFeature, "its \(name) is set, which is not supported")
        }
      }
      let (begin, end) = (try layer.integers("begin_mask", default: []), try layer.integers("end_mask", default: []))
      guard ends.count == starts.count, steps.count == starts.count else {
        throw layer.error(.invalidModel, "its starts, ends and steps are not as many")
      }
      for index in starts.indices {
        if index < begin.count, begin[index] == 1 { starts[index] = steps[index] > 0 ? 0 : .max }
        if index < end.count, end[index] == 1 { ends[index] = steps[index] > 0 ? .max : .min + 1 }
      }
    }
    if steps.isEmpty { steps = starts.map { _ in 1 } }
    let lists = [("starts", starts), ("ends", ends), ("axes", axes), ("steps", steps)]
    let inputs = lists.map { builder.add(Tensor(vector: $1), $0) }
    builder.set(try builder.apply("Slice", [input] + inputs))
  }

  static let operators: [any Operator.Type] = [Slice.self]

  static func write(_ node: Node, to document: inout IRDocument) throws(ModelFormatError) {
    guard let op = node.op as? Slice else { return }
    let input = try document.input(0, of: node)
    let output = try document.outputType(node)
    let ranges: [(start: Int, step: Int, count: Int)]
    do {
      ranges = try op.ranges(document.operands(of: node))
    } catch { throw document.cannotExport(node, error.message) }
    let cut = ranges.indices.filter { ranges[$0].step != 1 || ranges[$0].count != input.shape[$0] }
    let lists: [(String, [Int])] = [
      ("starts", cut.map { ranges[$0].start }),
      (
        "ends",
        cut.map { axis in
          let (start, step, count) = ranges[axis]
          // Just behind the last one, since a step may be as large as it likes.
          let end = count == 0 ? start : start + step * (count - 1) + step.signum()
          // Below zero, numbers would count from the end.
          return end < 0 ? -input.shape[axis] - 1 : end
        }
      ), ("steps", cut.map { ranges[$0].step }), ("axes", cut),
    ]
    guard !cut.isEmpty else { return document.set(node, input) }
    let constants = lists.map { document.add(Tensor(vector: $1.map(Int64.init)), named: "\(node.name)/\($0)") }
    document.set(
      node, document.add("Slice", opset: "opset8", name: node.name, [input] + constants, gives: output))
  }
}
