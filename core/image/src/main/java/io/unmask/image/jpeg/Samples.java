package io.unmask.image.jpeg;

import java.util.List;

/**
 * What a JPEG stores: its components, each in its own size.
 *
 * @param data the samples of all components, 0..255
 * @param components where they lie: luma alone, or luma and two chromas
 * @param across how many luma columns there are for a column of chroma, 1 or 2
 * @param down how many luma rows there are for a row of chroma, 1 or 2
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Samples(byte[] data, List<Component> components, int across, int down) {}
