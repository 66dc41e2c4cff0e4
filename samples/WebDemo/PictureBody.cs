using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace WebDemo;

/// <summary>Reads the picture file of a request: its body, or the first file of a form. The file is kept in memory, in pieces from a
/// pool.</summary>
internal static class PictureBody
{
    private const int BoundaryLimit = 70; // RFC 2046, 5.1.1

    // No limit, since the server limits the size of the body.
    private static readonly PipeOptions Unpaused = new(pauseWriterThreshold: 0, minimumSegmentSize: 1 << 16);

    /// <returns>The whole file; the caller completes it.</returns>
    /// <exception cref="BadHttpRequestException">The body is not a picture, has no file, is too large, or is not received in
    /// time.</exception>
    public static async Task<PipeReader> ReadAsync(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            LetFinish(request.HttpContext, maxBytes);
            throw Problems.TooManyBytes(maxBytes);
        }

        // A token in the calls would abort the read, after which the server cannot read the rest of the body.
        await using var stop = cancellationToken.UnsafeRegister(_ => request.BodyReader.CancelPendingRead(), null);
        var pipe = new Pipe(Unpaused);
        try
        {
            if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data")
            {
                await CopyFileAsync(request, type, pipe.Writer);
            }
            else if (type?.Type == "image")
            {
                await request.BodyReader.CopyToAsync(pipe.Writer, CancellationToken.None);
            }
            else
            {
                throw Problems.WrongContentType(request.ContentType);
            }

            await pipe.Writer.CompleteAsync();
            return pipe.Reader;
        }
        catch
        {
            await pipe.Writer.CompleteAsync();
            await pipe.Reader.CompleteAsync();
            throw;
        }
    }

    private static async Task CopyFileAsync(HttpRequest request, MediaTypeHeaderValue type, PipeWriter file)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > BoundaryLimit)
        {
            throw Problems.NoFile("Its boundary is missing or too long.");
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync() is { } section)
            {
                if (section.AsFileSection()?.FileStream is { } stream)
                {
                    await stream.CopyToAsync(file);
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Problems.NoFile("It is not a complete form.");
        }

        throw Problems.NoFile("None of its parts is a file.");
    }

    /// <summary>Lets the server drain a body that is refused by its length, for up to five seconds: a client that is cut off while it
    /// sends may never receive the response.</summary>
    private static void LetFinish(HttpContext context, long maxBytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = 2 * maxBytes;
        }
    }
}
