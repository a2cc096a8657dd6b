internal import Graphs
internal import Tensors

/// The place of a value in a concatenation along the channels: some channels of each pixel of one buffer.
///
/// Who computes such a value writes it there, so that nothing is left to copy. A concatenation that is a part of another
/// one lies in the other's buffer.
struct ConcatenationView {
  /// The value whose buffer it is.
  let root: ValueID
  let firstChannel: Int
  /// The layout of the whole buffer.
  let whole: PhysicalLayout

  /// How a value lies there that would have a layout on its own; nil if it is none of this buffer.
  func layout(of own: PhysicalLayout) -> PhysicalLayout? {
    let (shape, target) = (own.shape, whole.shape)
    guard own.order == .channelsLast, own.elementType == whole.elementType, shape.rank == 4,
      [shape[0], shape[2], shape[3]] == [target[0], target[2], target[3]], firstChannel + shape[1] <= target[1]
    else { return nil }
    var layout = own
    layout.pixelStride = whole.pixelStride
    layout.ownsGaps = firstChannel == 0 && shape == target
    return layout
  }

  /// The places of all values that are concatenated, the last concatenation first: a value that is a part of several
  /// lies in the last of them.
  static func views(in context: LoweringContext) -> [ValueID: ConcatenationView] {
    let graph = context.graph
    var views: [ValueID: ConcatenationView] = [:]
    for node in graph.nodes.reversed() {
      guard let concat = node.op as? Concat, let output = node.outputs.first ?? nil, let type = graph.type(of: output),
        type.elementType == .float32, type.shape.rank == 4, type.shape.elementCount > 0, [1, -3].contains(concat.axis)
      else { continue }
      let next = context.soleQuantizer(of: output)
      let isQuantized = next != nil && node.inputs.allSatisfy { context.integers(behind: $0) != nil }
      let result = isQuantized ? next?.output ?? output : output
      let own =
        views[result]
        ?? ConcatenationView(
          root: result, firstChannel: 0, whole: .channelsLast(isQuantized ? .uint8 : .float32, type.shape))
      views[result] = own
      var channel = own.firstChannel
      for case let input? in node.inputs {
        guard let channels = graph.type(of: input)?.shape[1] else { break }
        var part: ValueID? = input
        if isQuantized, let next {
          part = context.integers(behind: input).flatMap { value, parameters in
            parameters.hasSameMap(as: next.parameters) ? value : nil
          }
        }
        if let part, views[part] == nil, context.constant(part) == nil, !context.observed.contains(part) {
          views[part] = ConcatenationView(root: own.root, firstChannel: channel, whole: own.whole)
        }
        channel += channels
      }
    }
    return views
  }
}

extension LoweringContext {
  /// What a QuantizeLinear gives that a DequantizeLinear of the same map makes a value of.
  fileprivate func integers(behind value: ValueID?) -> (ValueID, TensorQuantization)? {
    guard let value, let index = producers[value], case let dequantizer = graph.nodes[index],
      dequantizer.op is DequantizeLinear, let integers = dequantizer.inputs.first ?? nil,
      let parameters = tensorQuantization(dequantizer), let source = producers[integers],
      case let quantizer = graph.nodes[source], quantizer.op is QuantizeLinear,
      let map = tensorQuantization(quantizer), map.hasSameMap(as: parameters),
      graph.constant(quantizer.inputs[0]) == nil
    else { return nil }
    return (integers, parameters)
  }
}
