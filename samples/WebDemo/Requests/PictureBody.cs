using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace WebDemo.Requests;

/// <summary>Takes the picture file out of a request: its body, or the first file of a form. It stays in memory; nothing touches a
/// disk.</summary>
internal static class PictureBody
{
    private const int BoundaryLimit = 70; // RFC 2046, 5.1.1

    /// <param name="request">Claims no more bytes than <paramref name="limit"/>.</param>
    /// <param name="limit">The most bytes that a picture file may have.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ProblemException">It is no picture, has no file, or is larger than the limit.</exception>
    public static async Task<MemoryStream> ReadAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        if (type?.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true)
        {
            return await ReadFormAsync(request, type, limit, cancellationToken);
        }

        if (type?.Type.Equals("image", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw Problems.WrongContentType(request.ContentType);
        }

        return await CopyAsync(request.Body, request.ContentLength ?? 0, limit, cancellationToken);
    }

    /// <summary>Reads and forgets what a client sends, up to the limit and a little more.</summary>
    /// <returns>How many bytes that was.</returns>
    public static async Task<long> DiscardAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 14];
        var discarded = 0L;
        for (var read = 1; read > 0 && discarded < limit; discarded += read)
        {
            read = await request.Body.ReadAsync(buffer, cancellationToken);
        }

        return discarded;
    }

    private static async Task<MemoryStream> ReadFormAsync(
        HttpRequest request, MediaTypeHeaderValue type, long limit, CancellationToken cancellationToken)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > BoundaryLimit)
        {
            throw Problems.NoFile("Its boundary is missing or too long.");
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.AsFileSection()?.FileStream is { } file)
                {
                    return await CopyAsync(file, size: 0, limit, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Problems.NoFile("It is not a complete form.");
        }

        throw Problems.NoFile("None of its parts is a file.");
    }

    private static async Task<MemoryStream> CopyAsync(Stream body, long size, long limit, CancellationToken cancellationToken)
    {
        var file = new MemoryStream((int)size);
        var buffer = new byte[1 << 16];
        for (var read = await body.ReadAsync(buffer, cancellationToken); read > 0; read = await body.ReadAsync(buffer, cancellationToken))
        {
            if (file.Length + read > limit)
            {
                throw Problems.TooManyBytes(limit);
            }

            file.Write(buffer, 0, read);
        }

        file.Position = 0;
        return file;
    }
}
