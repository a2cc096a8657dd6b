import Graphs
import Inference
import Tensors

/// The shift of each layer's mean output, found by running the quantized network layer by layer.
///
/// In the order of the graph, each layer is run on what the layers before it give, which are corrected already. Where its
/// mean output differs from the floating-point network's on the same samples, its bias is shifted. The results between
/// two layers are kept for all samples, as integers, so that each layer runs twice: to be measured, and corrected.
struct SequentialBiasCorrection {
  /// The samples to run.
  var samples: [Int]
  /// For each layer, the mean of each channel of the floating-point network's output.
  var wantedMeans: [[Double]]
  var threads: Int
  var isCancelled: () -> Bool

  /// What all results kept at one time may take, in bytes.
  static let memoryLimit = 512 << 20

  /// Corrects the biases of a quantized graph.
  ///
  /// - Throws: `QuantizationError.noSamples` if a sample cannot be read again, `CancellationError`, `GraphError`,
  ///   `InferenceError`, what reading a sample throws.
  func run(
    _ quantized: inout QuantizedGraph, calibration: CalibrationSamples, progress: (Double, String) -> Void
  ) throws {
    let (inputs, nodeCount) = (quantized.graph.inputs, quantized.graph.nodes.count)
    var live = try readInputs(inputs, calibration)
    var start = 0
    for (index, layer) in quantized.layers.enumerated() {
      let name = quantized.graph.nodes[layer.node].name
      progress(Double(index) / Double(quantized.layers.count), "correcting the bias of “\(name)”")
      var segment = try GraphSegment(
        quantized.graph, nodes: start..<layer.node + 1, rest: layer.node..<nodeCount)
      // There is no microkernel that gives floats for depthwise layers on integers.
      let weights = quantized.weights[index].rounded
      segment.simplifyLastNode(
        weights: layer.groups > 1 ? try Tensor(shape: weights.shape, weights.reals) : nil)
      let measured = try measure(segment, live)
      for (value, tensors) in measured.results { live[value] = tensors }
      quantized.correctBias(of: index, by: measured.output.shifts(to: wantedMeans[index]))
      start = layer.node
      keepOnly(readBy: start..<nodeCount, of: quantized.graph, in: &live)
    }
  }

  /// How many samples fit the memory limit: by the largest sum of what is computed before a node and read by it or later.
  static func sampleLimit(_ graph: Graph, _ placement: QuantizerPlacement) -> Int {
    func byteCount(_ value: ValueID) -> Int {
      guard let type = graph.type(of: value), graph.constant(value) == nil else { return 0 }
      return type.shape.elementCount * (placement.quantizedValues.contains(value) ? 1 : type.elementType.byteCount)
    }
    var last: [ValueID: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for case let input? in node.inputs { last[input] = index }
    }
    var kept = graph.inputs.reduce(0) { $0 + byteCount($1) }
    var largest = max(kept, 1)
    for (index, node) in graph.nodes.enumerated() {
      for case let output? in node.outputs where last[output] != nil { kept += byteCount(output) }
      largest = max(largest, kept)
      for case let input? in Set(node.inputs) where last[input] == index { kept -= byteCount(input) }
    }
    return max(memoryLimit / largest, 1)
  }

  private func readInputs(_ inputs: [ValueID], _ calibration: CalibrationSamples) throws -> [ValueID: [Tensor]] {
    var live: [ValueID: [Tensor]] = [:]
    let samples = samples
    let loop = SampleLoop(sampleCount: samples.count, threads: threads, isCancelled: isCancelled)
    try loop.run(
      makeWorker: {
        { range, finishSample in
          var block: [[Tensor]] = []
          for sample in samples[range] {
            guard let tensors = try calibration.tensors(sample), tensors.count == inputs.count else {
              throw QuantizationError(
                .noSamples, "sample \(sample + 1) could be read once, but not a second time",
                remedy: "leave the calibration data unchanged while it is used")
            }
            block.append(tensors)
            try finishSample()
          }
          return block
        }
      }, progress: { _ in },
      merge: { (block: [[Tensor]]) in
        for tensors in block {
          for (input, tensor) in zip(inputs, tensors) { live[input, default: []].append(tensor) }
        }
      })
    return live
  }

  /// What a segment gives for all samples.
  private struct Measurement: Sendable {
    var results: [ValueID: [Tensor]] = [:]
    var output: ActivatedMeans
  }

  private func measure(_ segment: GraphSegment, _ live: [ValueID: [Tensor]]) throws -> Measurement {
    guard let node = segment.graph.nodes.last, let output = node.outputs.first ?? nil else {
      throw QuantizationError(.invalidGraph, "a part of the network without a layer was to be measured")
    }
    let plan = try ExecutionPlan(segment.graph, options: InferenceOptions(observed: [output]))
    var total = Measurement(output: ActivatedMeans(segment.activation))
    let loop = SampleLoop(sampleCount: samples.count, threads: threads, isCancelled: isCancelled)
    try loop.run(
      makeWorker: {
        let executor = try Executor(plan)
        return { range, finishSample in
          var block = Measurement(output: ActivatedMeans(segment.activation))
          for sample in range {
            for (input, feed) in segment.feeds.enumerated() {
              guard let stored = live[feed.stored], sample < stored.count else {
                throw QuantizationError(.invalidGraph, "a value that a layer reads was not kept", node: node.name)
              }
              try executor.setInput(input, try feed.tensor(stored[sample]))
            }
            try executor.execute()
            for (index, value) in segment.results.enumerated() {
              block.results[value, default: []].append(try executor.output(index))
            }
            let isFinite = executor.withObserved(output) { block.output.add($0) }
            guard isFinite == true else {
              throw QuantizationError(
                .nonFiniteValue, "the quantized layer does not give finite numbers", node: node.name)
            }
            try finishSample()
          }
          return block
        }
      }, progress: { _ in },
      merge: { (block: Measurement) in
        for (value, tensors) in block.results { total.results[value, default: []] += tensors }
        total.output.merge(block.output)
      })
    return total
  }

  private func keepOnly(readBy nodes: Range<Int>, of graph: Graph, in live: inout [ValueID: [Tensor]]) {
    guard let read = try? Self.storedValues(readBy: nodes, of: graph) else { return }
    live = live.filter { read.contains($0.key) }
  }

  private static func storedValues(readBy nodes: Range<Int>, of graph: Graph) throws(GraphError) -> Set<ValueID> {
    Set(try GraphSegment(graph, nodes: nodes, rest: nodes.upperBound..<nodes.upperBound).feeds.map(\.stored))
  }
}

extension GraphSegment.Crossing {
  /// A stored tensor as it is fed.
  func tensor(_ stored: Tensor) throws(TensorError) -> Tensor {
    guard let parameters, case .uint8(let integers) = stored.elements else { return stored }
    let reals = (0...255).map { Float($0 - Int(parameters.zeroPoints[0])) * parameters.scales[0] }
    return try Tensor(shape: stored.shape, integers.map { reals[Int($0)] })
  }
}
